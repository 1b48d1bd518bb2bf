//! Importing again, and who follows whom.

use domain::exercise::{SeatKind, Sector};
use roster::{Answer, Answers, Change, Doubt, Seat, Standing};

use super::{LIST, answered, entries, made, only_question, questions, seat, shown, taps};

fn none() -> Answers {
    Answers::default()
}

fn known() -> Vec<Seat> {
    made(&[], &shown(LIST, &[], &none()))
}

fn changes(list: &str, known: &[Seat]) -> Vec<Vec<Change>> {
    let shown = shown(list, known, &none());
    assert_eq!((shown.counts.asked, shown.counts.new), (0, 0), "{shown:#?}");
    entries(&shown).map(|entry| entry.what.to_vec()).collect()
}

#[test]
fn the_same_list_again_changes_nothing() {
    let (header, rows) = LIST.split_once('\n').unwrap();
    let turned = rows.lines().rev().fold(header.to_owned(), |list, row| list + "\n" + row);
    for list in [
        LIST.to_owned(),
        // Decomposed, in capitals, without accents in organisations, in another order.
        LIST.replace('í', "i\u{301}").replace('ú', "u\u{301}").replace('ñ', "n\u{303}"),
        LIST.replace("Contraloría del Estado", "CONTRALORIA DEL ESTADO"),
        LIST.replace("ana@example.org", "ANA@example.org"),
        LIST.replace("ana@example.org", ""),
        turned,
    ] {
        let shown = shown(&list, &known(), &none());
        assert_eq!((shown.counts.same, shown.counts.ready(), shown.counts.asked), (3, 0, 0));
    }
}

#[test]
fn a_correction_is_a_change() {
    use Change::{Mail, Sector, Signs, Spelling};
    for (from, to, expected) in [
        ("ana@example.org", "a.nunez@example.org", vec![vec![Mail]]),
        ("Luis Peña", "LUIS PEÑA", vec![vec![Spelling]]),
        ("Sector privado", "academia", vec![vec![Sector]]),
        ("Eva Ríos", "Eva Rios", vec![vec![Spelling]]),
    ] {
        assert_eq!(changes(&LIST.replace(from, to), &known()), expected, "{to}");
    }
    let list = "Organización,Nombre,Firma\nConsejo Empresarial,Eva Ríos,no\n";
    assert_eq!(changes(list, &known()), [[Signs]]);
    // What changed once is the same the next time.
    let list = LIST.replace("ana@example.org", "a.nunez@example.org");
    let after = made(&known(), &shown(&list, &known(), &none()));
    assert_eq!(after.len(), known().len());
    assert_eq!(shown(&list, &after, &none()).counts.same, 3);
}

#[test]
fn an_empty_cell_takes_nothing_away() {
    let list = "Organización,Nombre,Teléfono\nConsejo Empresarial,Eva Ríos,951 123 4567\n";
    let shown = shown(list, &known(), &none());
    let entry = entries(&shown).next().unwrap();
    assert_eq!(entry.what, [Change::Phone]);
    assert_eq!(
        (entry.seat.mail.as_str(), entry.seat.phone.as_str()),
        ("eva@example.org", "951 123 4567")
    );
}

#[test]
fn two_of_one_name_in_two_organisations_are_two() {
    let list = "Organización,Sector,Nombre,Correo\nRed,ONG,Ana Núñez,ana@example.org\nColegio,academia,Ana Núñez,ana@example.org\n";
    let first = shown(list, &[], &none());
    assert_eq!(first.counts.new, 2);
    let seats = made(&[], &first);
    assert_eq!(shown(list, &seats, &none()).counts.same, 2);
}

#[test]
fn a_row_that_stands_twice_is_made_once() {
    let list =
        format!("{LIST}Consejo Empresarial\tSector privado\tTitular\teva ríos\tEva@example.org\n");
    let shown = shown(&list, &[], &none());
    assert_eq!((shown.counts.new, shown.counts.repeated), (3, 1));
    assert_eq!(shown.lines[3].standing, Standing::Repeated { row: 4 });
}

#[test]
fn two_rows_about_one_person_that_differ_are_asked_about() {
    let list =
        format!("{LIST}Consejo Empresarial\tSector privado\tTitular\tEva Ríos\totra@example.org\n");
    let question = only_question(&shown(&list, &[], &none()));
    assert!(matches!(question.doubt, Doubt::Twice { row: 4, .. }), "{question:?}");
    let after = shown(&list, &[], &answered(&question.asked, Answer::Keep));
    assert_eq!((after.counts.new, after.counts.repeated), (3, 1));
    assert_eq!(entries(&after).last().unwrap().seat.mail, "otra@example.org");
    let after = shown(&list, &[], &answered(&question.asked, Answer::LeaveOut));
    assert_eq!(entries(&after).last().unwrap().seat.mail, "eva@example.org");
}

const SOL: &str = "Organización\tLugar\tNombre\tCorreo\nContraloría del Estado\tTitular\tSol Díaz\tsol@example.org\n";

#[test]
fn a_seat_that_somebody_has_is_asked_about() {
    let question = only_question(&shown(SOL, &known(), &none()));
    let Doubt::Taken { kind: SeatKind::Holder, by } = &question.doubt else {
        panic!("{question:?}")
    };
    assert_eq!((by[0].person.as_str(), by[0].row), ("Ana Núñez", None));
    let replace = Answer::Replace("Ana Núñez".to_owned());
    assert_eq!(taps(&question), [replace.clone(), Answer::AnotherAlternate, Answer::LeaveOut]);

    let after = shown(SOL, &known(), &answered(&question.asked, replace));
    let entry = entries(&after).next().unwrap();
    assert_eq!((entry.known, entry.what), (Some(0), &[Change::Person, Change::Mail][..]));
    assert_eq!(
        (entry.seat.person.as_str(), entry.seat.mail.as_str()),
        ("Sol Díaz", "sol@example.org")
    );
    assert_eq!(shown(SOL, &made(&known(), &after), &none()).counts.same, 1);

    let answers = answered(&question.asked, Answer::AnotherAlternate);
    let after = shown(SOL, &known(), &answers);
    let entry = entries(&after).next().unwrap();
    assert_eq!((entry.known, entry.seat.kind), (None, SeatKind::Alternate));
    let seats = made(&known(), &after);
    assert_eq!(shown(SOL, &seats, &answers).counts.same, 1);
    // Asked again or not, no double is made.
    assert_eq!(made(&seats, &shown(SOL, &seats, &none())), seats);

    let after = shown(SOL, &known(), &answered(&question.asked, Answer::LeaveOut));
    assert_eq!((after.counts.left_out, after.counts.ready()), (1, 0));
}

#[test]
fn whoever_follows_doesnt_take_over_an_address() {
    let list = SOL.replace("sol@example.org", "");
    let question = only_question(&shown(&list, &known(), &none()));
    let after = shown(&list, &known(), &answered(&question.asked, taps(&question)[0].clone()));
    assert_eq!(entries(&after).next().unwrap().seat.mail, "");
}

#[test]
fn a_name_close_to_the_one_in_the_seat_may_be_the_same_person() {
    let list = SOL.replace("Sol Díaz", "Ana Nuñes");
    let question = only_question(&shown(&list, &known(), &none()));
    let same = Answer::SamePerson("Ana Núñez".to_owned());
    assert_eq!(taps(&question)[0], same);
    let after = shown(&list, &known(), &answered(&question.asked, same));
    let entry = entries(&after).next().unwrap();
    assert_eq!(entry.what, [Change::Spelling, Change::Mail]);
}

#[test]
fn nobody_is_replaced_who_is_in_the_list() {
    let list =
        format!("{LIST}Contraloría del Estado\tgobierno\tTitular\tSol Díaz\tsol@example.org\n");
    for known in [known(), Vec::new()] {
        let question = only_question(&shown(&list, &known, &none()));
        assert_eq!(question.row, 5);
        let Doubt::Taken { by, .. } = &question.doubt else { panic!("{question:?}") };
        assert_eq!((by.len(), by[0].row), (1, Some(2)));
        assert_eq!(taps(&question), [Answer::AnotherAlternate, Answer::LeaveOut]);
        let replace = answered(&question.asked, Answer::Replace("Ana Núñez".to_owned()));
        assert_eq!(only_question(&shown(&list, &known, &replace)), question);
    }
}

#[test]
fn only_one_follows_somebody() {
    let list = format!("{SOL}Contraloría del Estado\tTitular\tPaz Gil\tpaz@example.org\n");
    let asked = shown(&list, &known(), &none());
    let mut answers = none();
    for question in questions(&asked) {
        answers.give(question.asked.clone(), Answer::Replace("Ana Núñez".to_owned()));
    }
    let after = shown(&list, &known(), &answers);
    assert_eq!((after.counts.changed, after.counts.asked), (1, 1));
    let question = only_question(&after);
    let Doubt::Taken { by, .. } = &question.doubt else { panic!("{question:?}") };
    assert_eq!(by[0].person, "Sol Díaz");
}

#[test]
fn an_empty_seat_gets_its_person() {
    let known = [seat("Contraloría del Estado", SeatKind::Holder, "", "")];
    assert_eq!(changes(SOL, &known), [[Change::Person, Change::Mail]]);
    // Without a column for seats the first person is titular, and stays who they are.
    let list = "Organización,Nombre\nContraloría del Estado,Sol Díaz\n";
    assert_eq!(changes(list, &known), [[Change::Person]]);
    let known = [seat("Contraloría del Estado", SeatKind::Alternate, "Sol Díaz", "")];
    assert_eq!(shown(list, &known, &none()).counts.same, 1);
}

#[test]
fn a_suplente_becomes_titular_of_an_empty_seat() {
    let known =
        [seat("Contraloría del Estado", SeatKind::Alternate, "Sol Díaz", "sol@example.org")];
    assert_eq!(changes(SOL, &known), [[Change::Kind]]);
}

#[test]
fn an_organisation_without_people_gets_an_empty_seat() {
    let list = "Organización,Sector\nRed,ONG\nRed,ONG\nColegio,academia\n";
    let first = shown(list, &[], &none());
    assert_eq!((first.counts.new, first.counts.repeated), (2, 1));
    let seats = made(&[], &first);
    assert_eq!((seats[0].person.as_str(), seats[0].kind), ("", SeatKind::Holder));
    assert_eq!(shown(list, &seats, &none()).counts.ready(), 0);
    // A row that names nobody says nothing against whoever has the seat.
    let list = "Organización,Lugar\nContraloría del Estado,Titular\n";
    assert_eq!(shown(list, &known(), &none()).counts.same, 1);
}

#[test]
fn a_row_with_titular_and_suplente_makes_two_seats() {
    let list = "Organización,Sector,Titular,Correo titular,Suplente,Correo suplente\n\
        Red,ONG,Ana,a@example.org,Eva,e@example.org\n\
        Colegio,academia,Sol,s@example.org,,\n\
        Cámara,privado,,,Paz,p@example.org\n";
    let first = shown(list, &[], &none());
    let made_of: Vec<_> = entries(&first)
        .map(|entry| {
            (entry.place.row, entry.seat.kind, entry.seat.person.as_str(), entry.seat.mail.as_str())
        })
        .collect();
    use SeatKind::{Alternate, Holder};
    assert_eq!(
        made_of,
        [
            (2, Holder, "Ana", "a@example.org"),
            (2, Alternate, "Eva", "e@example.org"),
            (3, Holder, "Sol", "s@example.org"),
            (4, Alternate, "Paz", "p@example.org"),
        ]
    );
    assert_eq!(entries(&first).last().unwrap().seat.sector, Sector::PrivateSector);
    assert_eq!(shown(list, &made(&[], &first), &none()).counts.same, 4);
}

#[test]
fn names_in_two_columns_are_one() {
    let list =
        "Institución,Sector,Apellido paterno,Apellido materno,Nombre\nRed,ONG,Núñez,Peña,Ana\n";
    assert_eq!(entries(&shown(list, &[], &none())).next().unwrap().seat.person, "Ana Núñez Peña");
}
