//! What is asked about organisations, sectors, seats and addresses, and what answers do.

use domain::exercise::{SeatKind, Sector};
use roster::{Answer, Answers, Asked, Doubt, Field, Offer, Standing, Topic};

use super::{LIST, answered, entries, made, only_question, questions, seat, shown, taps};

fn none() -> Answers {
    Answers::default()
}

#[test]
fn rows_without_doubt_are_ready() {
    let shown = shown(LIST, &[], &none());
    assert_eq!((shown.counts.new, shown.counts.asked), (3, 0));
    let seats: Vec<_> = entries(&shown).map(|entry| entry.seat.clone()).collect();
    assert_eq!(
        seats[1],
        seat("Contraloría del Estado", SeatKind::Alternate, "Luis Peña", "luis@example.org")
    );
    assert_eq!(seats[2].sector, Sector::PrivateSector);
}

/// The list of the drawing that the page follows.
#[test]
fn six_rows_are_three_ready_and_three_with_a_question() {
    let list = "Organización\tLugar\tNombre\tCorreo\n\
        Contraloría del Estado\tSuplente\tSuplente de la Contraloría\tc.suplente@example.org\n\
        Consejo Empresarial\tTitular\tTitular del Consejo\tconsejo@example.org\n\
        Colectivo de Madres y Padres\tTitular\tTitular del Colectivo\tcolectivo@example\n\
        Universidad Estatal\tSuplente\tSuplente de la Universidad\tu.suplente@example.org\n\
        Contraloría del Estado\tTitular\tEncargada de despacho\tdespacho@example.org\n\
        Regantes del Norte\tTitular\tTitular de Regantes\tregantes@example.org\n";
    let holder = |organisation, person| seat(organisation, SeatKind::Holder, person, "");
    let known = [
        holder("Contraloría del Estado", "Titular de la Contraloría"),
        holder("Consejo Empresarial", ""),
        holder("Colectivo de Madres y Padres", ""),
        holder("Universidad Estatal", "Titular de la Universidad"),
    ];
    let shown = shown(list, &known, &none());
    assert_eq!((shown.counts.rows, shown.counts.ready(), shown.counts.asked), (6, 3, 3));
    let questions = questions(&shown);
    assert_eq!(questions.iter().map(|question| question.row).collect::<Vec<_>>(), [4, 6, 7]);
    assert!(matches!(&questions[0].doubt, Doubt::Address { likely: Some(likely), .. }
        if likely == "colectivo@example.org"));
    assert!(matches!(questions[1].doubt, Doubt::Taken { kind: SeatKind::Holder, .. }));
    assert!(matches!(questions[2].doubt, Doubt::NewOrganisation { .. }));
}

#[test]
fn a_misspelt_sector_is_asked_about_once() {
    let list = "Organización,Sector,Nombre\nSalud,govierno ,Ana\nObras, Govierno,Eva\n";
    let asked = shown(list, &[], &none());
    let questions = questions(&asked);
    assert_eq!(questions.len(), 2);
    assert_eq!(questions[0].row, 2);
    let doubt = Doubt::Sector {
        given: "govierno".to_owned(),
        likely: Some(("gobierno".to_owned(), Sector::PublicInstitution)),
    };
    assert_eq!(questions[0].doubt, doubt);
    let taps = taps(questions[0]);
    assert_eq!((taps.len(), &taps[0]), (7, &Answer::Sector(Sector::PublicInstitution)));
    let after = shown(list, &[], &answered(&questions[0].asked, taps[0].clone()));
    assert_eq!(after.counts.new, 2);
    assert!(entries(&after).all(|entry| entry.seat.sector == Sector::PublicInstitution));
}

#[test]
fn an_organisation_close_to_a_known_one_is_asked_about() {
    let known = [seat("Contraloría del Estado", SeatKind::Holder, "Ana", "")];
    let list = "Organización,Lugar,Nombre,Sector\nContralria,Suplente,Eva,gobierno\n";
    let question = only_question(&shown(list, &known, &none()));
    assert_eq!(question.asked, Asked::Organisation("contralria".to_owned()));
    assert_eq!(
        question.offers,
        [
            Offer::Answer(Answer::Take("Contraloría del Estado".to_owned())),
            Offer::Answer(Answer::Keep),
            Offer::ChooseOrganisation,
        ]
    );
    for (answer, organisation) in [
        (Answer::Take("Contraloría del Estado".to_owned()), "Contraloría del Estado"),
        (Answer::Keep, "Contralria"),
    ] {
        let after = shown(list, &known, &answered(&question.asked, answer));
        assert_eq!(entries(&after).next().unwrap().seat.organisation, organisation);
    }
}

#[test]
fn accents_and_capitals_make_no_other_organisation() {
    let known = [seat("Contraloría del Estado", SeatKind::Holder, "Ana", "")];
    for name in
        ["Contraloria del Estado", "CONTRALORÍA  DEL ESTADO", "Contralori\u{301}a del Estado "]
    {
        let list = format!("Organización,Lugar,Nombre\n{name},Suplente,Eva\n");
        let shown = shown(&list, &known, &none());
        assert_eq!(shown.counts.new, 1, "{name}");
        let seat = entries(&shown).next().unwrap().seat.clone();
        assert_eq!(seat.organisation, "Contraloría del Estado");
    }
    // Among new ones the first spelling counts.
    let list =
        "Organización,Sector,Lugar,Nombre\nRed Ágora,ONG,Titular,Ana\nRED AGORA,ONG,Suplente,Eva\n";
    let shown = shown(list, &[], &none());
    assert!(entries(&shown).all(|entry| entry.seat.organisation == "Red Ágora"));
    assert_eq!(shown.counts.new, 2);
}

#[test]
fn an_organisation_close_to_another_row_is_asked_about() {
    let list = "Organización,Sector,Nombre\nUniversidad Estatal,academia,Ana\nUnivercidad Estatal,academia,Eva\n";
    let question = only_question(&shown(list, &[], &none()));
    assert_eq!(question.row, 3);
    let near = vec!["Universidad Estatal".to_owned()];
    assert_eq!(
        question.doubt,
        Doubt::NearOrganisation { given: "Univercidad Estatal".to_owned(), near }
    );
}

#[test]
fn an_unknown_organisation_without_a_sector_is_asked_about() {
    let known = [seat("Contraloría", SeatKind::Holder, "Ana", "")];
    let list = "Organización,Nombre\nRegantes del Norte,Eva\n";
    let question = only_question(&shown(list, &known, &none()));
    let given = "Regantes del Norte".to_owned();
    assert_eq!(question.doubt, Doubt::NewOrganisation { given, likely: None });
    assert_eq!(question.offers.last(), Some(&Offer::ChooseOrganisation));
    let after = shown(list, &known, &answered(&question.asked, Answer::Sector(Sector::Citizens)));
    assert_eq!(entries(&after).next().unwrap().seat.sector, Sector::Citizens);
    // It is another one, whose titular is Ana.
    let after =
        shown(list, &known, &answered(&question.asked, Answer::Take("Contraloría".to_owned())));
    assert!(matches!(only_question(&after).doubt, Doubt::Taken { .. }));
}

#[test]
fn a_row_without_an_organisation_is_asked_about() {
    let list = "Organización,Sector,Lugar,Nombre\nRed,ONG,Titular,Ana\n,,Suplente,Eva\n";
    let question = only_question(&shown(list, &[], &none()));
    assert_eq!((question.row, &question.doubt), (3, &Doubt::NoOrganisation));
    let taps = taps(&question);
    assert_eq!(taps, [Answer::Take("Red".to_owned()), Answer::LeaveOut]);
    let after = shown(list, &[], &answered(&question.asked, taps[0].clone()));
    assert_eq!(after.counts.new, 2);
    let after = shown(list, &[], &answered(&question.asked, Answer::LeaveOut));
    assert_eq!((after.counts.new, after.counts.left_out), (1, 1));
}

#[test]
fn rows_of_one_organisation_have_one_sector() {
    let list = "Organización,Sector,Lugar,Nombre\nRed,ONG,Titular,Ana\nRed,academia,Suplente,Eva\n";
    let asked = shown(list, &[], &none());
    let sectors = vec![Sector::CivilSociety, Sector::Academia];
    assert_eq!(questions(&asked)[0].doubt, Doubt::SectorsDiffer { sectors });
    let answers = answered(&questions(&asked)[0].asked, Answer::Sector(Sector::Academia));
    let after = shown(list, &[], &answers);
    assert!(entries(&after).all(|entry| entry.seat.sector == Sector::Academia));
    assert_eq!(after.counts.new, 2);
}

#[test]
fn an_organisation_signs_unless_the_list_says_no() {
    for (first, second, signs) in [
        ("sí", "no", true),
        ("no", "no", false),
        ("", "no", false),
        ("", "-", true),
        ("x", "", true),
    ] {
        let list = format!(
            "Organización,Sector,Lugar,Nombre,Firma\nRed,ONG,Titular,Ana,{first}\nRed,ONG,Suplente,Eva,{second}\n"
        );
        let shown = shown(&list, &[], &none());
        assert_eq!(shown.counts.new, 2);
        assert!(entries(&shown).all(|entry| entry.seat.signs == signs), "{first} {second}");
    }
    let list = "Organización,Sector,Nombre,Firma\nRed,ONG,Ana,quizá\n";
    let question = only_question(&shown(list, &[], &none()));
    let after = shown(list, &[], &answered(&question.asked, Answer::Signs(false)));
    assert!(!entries(&after).next().unwrap().seat.signs);
}

#[test]
fn an_unclear_seat_is_asked_about() {
    let list = "Organización,Sector,Titular o suplente,Nombre\nRed,ONG,suplemte,Eva\n";
    let question = only_question(&shown(list, &[], &none()));
    let likely = Some(SeatKind::Alternate);
    assert_eq!(question.doubt, Doubt::Seat { given: "suplemte".to_owned(), likely });
    let after = shown(list, &[], &answered(&question.asked, taps(&question)[0].clone()));
    assert_eq!(entries(&after).next().unwrap().seat.kind, SeatKind::Alternate);
}

fn with_mail(mail: &str) -> String {
    format!(
        "Organización\tSector\tNombre\tCorreo\nRed\tONG\tAna\t{mail}\nColegio\tacademia\tEva\te@example.org\n"
    )
}

#[test]
fn several_addresses_in_one_cell_are_asked_about() {
    let list = with_mail("\"a@example.org\nb@example.org\"");
    let question = only_question(&shown(&list, &[], &none()));
    assert!(matches!(question.doubt, Doubt::SeveralAddresses { .. }));
    let (a, b) = ("a@example.org".to_owned(), "b@example.org".to_owned());
    assert_eq!(
        taps(&question),
        [Answer::Take(a), Answer::Take(b.clone()), Answer::Blank, Answer::LeaveOut]
    );
    let after = shown(&list, &[], &answered(&question.asked, Answer::Take(b.clone())));
    assert_eq!(entries(&after).next().unwrap().seat.mail, b);
}

#[test]
fn an_address_without_its_end_is_asked_about() {
    let list = with_mail("colectivo@example");
    let question = only_question(&shown(&list, &[], &none()));
    let likely = "colectivo@example.org".to_owned();
    let given = "colectivo@example".to_owned();
    assert_eq!(question.doubt, Doubt::Address { given, likely: Some(likely.clone()) });
    for (answer, mail) in [
        (Answer::Take(likely.clone()), likely.as_str()),
        (Answer::Take("otra@example.org".to_owned()), "otra@example.org"),
        (Answer::Blank, ""),
    ] {
        let after = shown(&list, &[], &answered(&question.asked, answer));
        assert_eq!(entries(&after).next().unwrap().seat.mail, mail);
        assert_eq!(after.counts.new, 2);
    }
    // What is written instead is looked at as well, and what can't be isn't kept.
    for answer in [Answer::Take("otra@".to_owned()), Answer::Keep] {
        let again = shown(&list, &[], &answered(&question.asked, answer));
        assert_eq!(only_question(&again).asked, question.asked);
    }
}

#[test]
fn an_address_that_could_be_right_may_be_kept() {
    let list = with_mail("ana@gmial.com");
    let question = only_question(&shown(&list, &[], &none()));
    assert!(taps(&question).contains(&Answer::Keep));
    let after = shown(&list, &[], &answered(&question.asked, Answer::Keep));
    assert_eq!(entries(&after).next().unwrap().seat.mail, "ana@gmial.com");
}

#[test]
fn one_address_of_two_people_is_asked_about() {
    let list = with_mail("E@EXAMPLE.org");
    let question = only_question(&shown(&list, &[], &none()));
    assert_eq!(question.row, 3);
    let Doubt::SharedMail { with, .. } = &question.doubt else { panic!("{question:?}") };
    assert_eq!((with[0].person.as_str(), with[0].row), ("Ana", Some(2)));
    for (answer, mail) in [(Answer::Keep, "e@example.org"), (Answer::Blank, "")] {
        let after = shown(&list, &[], &answered(&question.asked, answer));
        assert_eq!(entries(&after).nth(1).unwrap().seat.mail, mail);
        // Once it is so, it isn't asked again.
        let again = shown(&list, &made(&[], &after), &none());
        assert_eq!(again.counts.asked, usize::from(mail.is_empty()));
    }
    let known = [seat("Otra", SeatKind::Holder, "Sol", "e@example.org")];
    let question = only_question(&shown(&with_mail(""), &known, &none()));
    let Doubt::SharedMail { with, .. } = &question.doubt else { panic!("{question:?}") };
    assert_eq!((with[0].person.as_str(), with[0].row), ("Sol", None));
}

#[test]
fn an_answer_that_fits_no_question_is_as_none() {
    let question = only_question(&shown(&with_mail("a@"), &[], &none()));
    for answer in [Answer::Seat(SeatKind::Holder), Answer::Signs(true), Answer::AnotherAlternate] {
        let again = shown(&with_mail("a@"), &[], &answered(&question.asked, answer));
        assert_eq!(only_question(&again), question);
    }
    let asked = Asked::Line(question_place(&question), Topic::Cell(Field::Mail));
    let again = shown(LIST, &[], &answered(&asked, Answer::Take("x".to_owned())));
    assert!(again.lines.iter().all(|line| matches!(line.standing, Standing::New(_))));
}

fn question_place(question: &roster::Question) -> roster::Place {
    let Asked::Line(place, _) = question.asked else { panic!("{question:?}") };
    place
}

#[test]
fn answers_survive_being_stored() {
    let question = only_question(&shown(&with_mail("colectivo@example"), &[], &none()));
    let answers = answered(&question.asked, Answer::Take("é@x".to_owned()));
    let stored = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers);
}
