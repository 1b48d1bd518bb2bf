//! Word lists that tell titles, first names and surnames apart. Folded: lower case, without
//! accents; each list begins and ends with a space.

/// Titles and forms of address, without points.
const TITLES: &str = " abog abogada abogado arq arqto arqta arquitecta arquitecto biol c cc cd ciudadana ciudadano contador contadora \
    cp cpa cpc dip diputada diputado dn dña doctor doctora don doña dr dra drs enf enfra gral hna hno ing ingeniera ingeniero lae lc \
    lcda lcdo lcp lcpf ldo lda lic licda licdo licenciada licenciado lics maestra maestro mag mgdo mgda mc md mi mdo mta mto mtra mtro \
    mvz not pbro phd prof profa profe profesor profesora profr profra psic psica psico qfb qbp quim reg regidor regidora sen senador \
    senadora señor señora señorita sindica sindico soc sr sra srta srita tec tte ts tsu cap capitan cmdte ";

/// Words after a comma that say what someone is, not their name.
const POSTS: &str = " alcalde alcaldesa auxiliar ciudadana ciudadano comisariado comisaria comisario consejera consejero contralor \
    contralora coordinador coordinadora delegada delegado directora director encargada encargado enlace facilitador facilitadora integrante \
    jefa jefe medica medico oficial presidenta presidente regidor regidora relator relatora representante secretaria secretario sindica \
    sindico subdirector subdirectora suplente tesorera tesorero titular vecina vecino vocal ";

/// First names that are common as second names and hardly ever surnames.
const GIVEN: &str = " abel abigail abraham ada adan adela adelina adolfo adrian adriana agustina aida aide alan alberto alejandra \
    alejandrina alejandro alexa alexis alfredo alicia alma alondra amada amalia amanda amelia amparo ana anabel anahi andrea angel angela \
    angelica angelina anita antonia antonio araceli aracely areli ariadna ariana ariel armando arturo asuncion aurelia aurelio aurora \
    axel azucena beatriz belem belen berenice bernarda bertha bianca blanca brenda camila candelaria carina carla carlos carlota carmela \
    carmen carolina catalina cecilia celeste celia cesar christian cinthia citlali citlalli clara claudia concepcion consuelo cristian \
    cristina cynthia daisy dalia daniel daniela dario david dayana delfina delia denisse diana dolores dora dulce edgar edith eduardo \
    elba elena eleuterio elia elisa elisabeth elizabeth eloisa elsa elvia elvira ema emilia emilio emma emmanuel emanuel enrique \
    erendira erica erick erika ernestina ernesto esmeralda esperanza estefania estela esther eugenia eulalia eva evangelina evelia \
    evelyn fabiola fabricio fatima faustino fco federico felicitas fernanda fernando flor florencia francisca frida gabriela genoveva \
    georgina gerardo gilberto gisela gloria gpe graciela grecia griselda guadalupe guillermina guillermo gustavo hector herlinda hilda \
    hortensia hugo humberto idalia ileana imelda ines inocencia irene iris irma isabel isaac isela isidra ismael israel itzel ivan \
    ivonne ixchel jacqueline janet javier jazmin jessica jesus joana joel jonathan josefa josefina josue juana juanita judith julia \
    juliana julieta julissa karen karina karla laura leonor leticia lidia lilia liliana lizbeth lizeth lorena lourdes lucero lucia luciana \
    lucila lucrecia luisa lupita luz ma magali magdalena maira manuela marcela margarita maria mariana maribel maricela maricruz \
    marina mario marisela marisol maritza marlene marta martha martina matilde mauricio maximiliano mayra melissa mercedes micaela \
    michelle minerva miriam mireya monica monserrat montserrat myriam nadia nallely nancy natalia natividad nayeli nelly nidia noe \
    noemi nora norma octavio ofelia olga olivia omar oralia oscar osvaldo oswaldo paola patricia paula paulina perla petra pilar priscila \
    ramona raquel raul rebeca refugio regina reyna ricardo rita roberto rocio rodolfo rogelio rosa rosalba rosalia rosalinda \
    rosaura roxana ruben ruth sandra sara sarai saul selene sergio silvia socorro sofia soledad sonia susana tania teodora teresa \
    ulises uriel valentina valeria vanessa veronica victoria violeta virginia viviana wendy xavier ximena xitlali xochitl yadira yazmin \
    yesenia yolanda yuridia zenaida zoila ";

/// First names that are rarely surnames: second names after one of [`JOINING`].
const SELDOM_SURNAME: &str = " benjamin eugenio felipe francisco gabriel genaro ignacio jorge jose juan julio leonardo luis manuel miguel \
    pablo pedro rafael rene trinidad valentin victor ";

/// First names that are as often surnames: second names after one of [`JOINING`] if a surname
/// follows.
const OFTEN_SURNAME: &str = " alonso alfonso andres benito camilo clemente cristobal diego domingo elias esteban fabian felix fidel gregorio \
    isidro jacinto jeronimo joaquin julian lorenzo lucas marcelino marcos martin mateo matias moises nicolas pascual patricio ramon \
    raymundo rodrigo salvador samuel santiago santos sebastian simon tomas vicente ";

/// First names that are rarely alone.
const JOINING: &str = " cesar carlos francisco fco hector hugo j jesus jorge jose juan luis manuel marco mario miguel oscar pedro raul \
    sergio victor ";

/// Words that form one name with the word before: María del Carmen, José de Jesús.
const DEVOTIONS: &str = " angeles asuncion belen candelaria carmen concepcion consolacion consuelo dios dolores fatima gracia guadalupe jesus \
    lourdes luz maria mercedes milagro milagros monserrat montserrat nieves paz pilar refugio remedios rosario salud socorro soledad \
    transito ";

/// Small words of a name.
const PARTICLES: &str = " da das de del di do dos e el la las los van von y ";

/// Abbreviations.
const ABBREVIATED: [(&str, &str); 3] =
    [("fco", "francisco"), ("gpe", "guadalupe"), ("ma", "maria")];

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// Whether a word is a title. Short ones only with a point, or where they are nobody's name.
pub(super) fn is_title(word: &str, pointed: bool) -> bool {
    let plain = word.len() > 3
        || matches!(
            word,
            "arq"
                | "c"
                | "cp"
                | "don"
                | "dr"
                | "dra"
                | "ing"
                | "lic"
                | "mvz"
                | "phd"
                | "qfb"
                | "sr"
                | "sra"
        );
    (pointed || plain) && is_in(TITLES, word)
}

/// Whether a word says what someone is.
pub(super) fn is_post(word: &str) -> bool {
    is_in(POSTS, word)
}

/// Whether a word is a first name in any position.
pub(super) fn is_given(word: &str) -> bool {
    is_in(GIVEN, word)
}

/// Whether a word after a first name is one too. `last`: nothing follows it.
pub(super) fn is_second_name(word: &str, after: &str, last: bool) -> bool {
    is_given(word)
        || (matches!(in_full(after), "maria") && matches!(word, "jose" | "rosario" | "trinidad"))
        || (is_in(JOINING, after)
            && (is_in(SELDOM_SURNAME, word) || (!last && is_in(OFTEN_SURNAME, word))))
}

/// Whether "de" and this word form one name with the first name before it, when `behind` words
/// follow: María de Jesús, but not Ana de Jesús, who has no other surname.
pub(super) fn is_devotion(word: &str, first: &str, behind: usize) -> bool {
    is_in(DEVOTIONS, word)
        && (behind >= 2 || word == "dios" || matches!(in_full(first), "jose" | "maria"))
}

/// Whether a word is lower case inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    is_in(PARTICLES, word)
}

/// The full form of an abbreviation.
pub(super) fn in_full(word: &str) -> &str {
    ABBREVIATED.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full)
}

/// Whether a word is abbreviated and gets a point.
pub(super) fn is_abbreviated(word: &str) -> bool {
    matches!(word, "fco" | "gpe" | "ma")
}
