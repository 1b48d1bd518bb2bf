use time::macros::date;

use super::*;

fn filled() -> BTreeMap<Field, String> {
    let mut typed = usual(date!(2027 - 01 - 04));
    for (field, text) in [
        (Field::Name, "Gobierno Abierto Río Claro 2027"),
        (Field::State, "Oaxaca"),
        (Field::Municipality, "Río Claro"),
        (Field::Guarantor, "Órgano Garante de Oaxaca"),
        (Field::Theme, "Agua"),
        (Field::Venue, "Casa de la cultura"),
        (Field::Day, "2027-02-18"),
    ] {
        typed.insert(field, text.to_owned());
    }
    typed
}

fn with(field: Field, text: &str) -> Reading {
    let mut typed = filled();
    typed.insert(field, text.to_owned());
    Reading::new(typed)
}

/// What is wrong with a form whose one field has this text.
fn wrong(field: Field, text: &str) -> BTreeMap<Field, Problem> {
    let mut reading = with(field, text);
    let card = reading.exercise(false, Some(template::sectors()));
    let mesa = reading.mesa("America/Mexico_City", Some(template::agenda()));
    assert_eq!(card.is_some() && mesa.is_some(), reading.is_fine(), "{field:?}: {text}");
    reading.form.problems
}

#[test]
fn a_filled_form_is_an_exercise_of_a_year_with_its_mesa_at_the_hour_of_its_place() {
    let mut reading = Reading::new(filled());
    let card = reading.exercise(false, Some(template::sectors())).expect("nothing is missing");
    assert_eq!((card.starts, card.ends), (date!(2027 - 01 - 04), date!(2028 - 01 - 03)));
    assert_eq!(card.quota, Quota::TEMPLATE);
    assert_eq!(card.axes, template::axes());
    let mesa = reading.mesa("America/Tijuana", Some(template::agenda())).expect("as above");
    // 10:00 in Tijuana, in winter, is 18:00 UTC.
    assert_eq!(mesa.starts_at, 1_802_973_600_000);
    assert_eq!(mesa.ends_at - mesa.starts_at, 4 * 3_600_000);
}

#[test]
fn what_a_card_says_is_what_its_form_says() {
    let mut reading = Reading::new(filled());
    let card = reading.exercise(false, Some(template::sectors())).expect("nothing is missing");
    assert_eq!(Reading::new(of_exercise(&card)).exercise(false, None), Some(card));
    let zone = "America/Mexico_City";
    let mesa = reading.mesa(zone, Some(template::agenda())).expect("as above");
    assert_eq!(Reading::new(of_mesa(&mesa, zone)).mesa(zone, None), Some(mesa));
}

#[test]
fn sectors_are_renamed_added_and_left_out() {
    let at = |sector| Field::sectors().find(|field| field.sector() == Some(sector)).unwrap();
    let read = |changes: &[(Sector, &str)]| {
        let mut reading = Reading::new(filled());
        let card = reading.exercise(false, Some(template::sectors())).expect("nothing is missing");
        let mut typed = of_exercise(&card);
        for (sector, name) in changes {
            typed.insert(at(*sector), (*name).to_owned());
        }
        let mut reading = Reading::new(typed);
        (reading.exercise(false, None), reading.form.problems)
    };
    let changes = [
        (Sector::PublicInstitution, "Dependencias"),
        (Sector::Facilitation, " "),
        (Sector::Own(1), "Pueblos originarios"),
    ];
    let (card, problems) = read(&changes);
    let card = card.unwrap_or_else(|| panic!("{problems:?}"));
    assert_eq!(card.sector_name(Sector::PublicInstitution), Some("Dependencias"));
    assert_eq!(card.sector_name(Sector::Facilitation), None);
    assert_eq!(card.sectors.last().unwrap().name.as_str(), "Pueblos originarios");
    assert_eq!(card.sectors.len(), 7);
    let twice = read(&[(Sector::Own(2), "ACADEMIA")]);
    assert_eq!(twice.1, [(at(Sector::Own(2)), Problem::Taken)].into());
    let none = read(&template::sectors().iter().map(|s| (s.sector, "")).collect::<Vec<_>>());
    assert_eq!(none.1.values().collect::<Vec<_>>(), [&Problem::Missing]);
}

#[test]
fn what_is_missing_is_named_field_by_field() {
    let mut reading = Reading::new(usual(date!(2027 - 01 - 04)));
    assert_eq!(reading.exercise(false, Some(template::sectors())), None);
    assert_eq!(reading.mesa("UTC", Some(Vec::new())), None);
    let missing = [
        Field::Name,
        Field::State,
        Field::Municipality,
        Field::Guarantor,
        Field::Theme,
        Field::Venue,
        Field::Day,
    ];
    let expected = missing.map(|field| (field, Problem::Missing)).into();
    assert_eq!(reading.form.problems, expected);
}

#[test]
fn what_makes_no_sense_is_named_with_what_would() {
    for (field, text, problem) in [
        (Field::Name, "a\u{7}", Problem::NotPlain),
        (Field::Starts, "31/02/2027", Problem::NotADay),
        (Field::Ends, "2026-12-31", Problem::EndsBefore),
        (Field::Ends, "2028-01-04", Problem::OverAYear),
        (Field::Day, "mañana", Problem::NotADay),
        (Field::From, "25:00", Problem::NotATime),
        (Field::To, "09:59", Problem::EndsBefore),
        (Field::Zone, "America/Macondo", Problem::NotAChoice),
        (Field::Mode, "otra", Problem::NotAChoice),
        (Field::DecisionRule, "a gritos", Problem::NotAChoice),
        (Field::Local, "51", Problem::NotACount { most: 50 }),
        (Field::Proactive, "-1", Problem::NotACount { most: 50 }),
        (Field::Quorum, "201", Problem::NotACount { most: 200 }),
    ] {
        let problems = wrong(field, text);
        assert_eq!(problems.get(&field), Some(&problem), "{field:?}: {text}: {problems:?}");
    }
    for (field, text) in [
        (Field::Day, "18/02/2027"),
        (Field::Ends, ""),
        (Field::Ends, "2027-06-30"),
        (Field::Axes, ""),
    ] {
        assert_eq!(wrong(field, text), BTreeMap::new(), "{field:?}: {text}");
    }
}

#[test]
fn axes_are_lines_whose_numbers_are_their_places() {
    let mut reading = with(Field::Axes, "1. Derechos\r\n\n2) 100 escuelas\n 2030 sin pobreza ");
    let axes = reading.exercise(false, Some(template::sectors())).expect("fine").axes;
    let names: Vec<_> = axes.iter().map(|axis| (axis.number, axis.name.as_str())).collect();
    assert_eq!(names, [(1, "Derechos"), (2, "100 escuelas"), (3, "sin pobreza")]);
}

#[test]
fn an_agenda_needs_phase_title_and_minutes_in_each_row_that_has_one() {
    let zone = "America/Mexico_City";
    let row = |title: &str, minutes: &str, phase: &str| {
        let mut typed = filled();
        typed.insert(Field::AgendaTitle(2), title.to_owned());
        typed.insert(Field::AgendaMinutes(2), minutes.to_owned());
        typed.insert(Field::AgendaPhase(2), phase.to_owned());
        Reading::new(typed)
    };
    let agenda = row("Presentación", "15", "introduction").mesa(zone, None).expect("fine").agenda;
    assert_eq!(agenda.len(), 1);
    let mut without = row("", "15", "introduction");
    assert_eq!(without.mesa(zone, None), None);
    assert_eq!(without.form.problems[&Field::AgendaTitle(2)], Problem::Missing);
    let mut endless = row("Presentación", "601", "introduction");
    assert_eq!(endless.mesa(zone, None), None);
    let mut nowhere = row("Presentación", "15", "");
    assert_eq!(nowhere.mesa(zone, None), None);
    assert_eq!(nowhere.form.problems[&Field::AgendaPhase(2)], Problem::Missing);
}

#[test]
fn mail_addresses_have_a_name_and_a_domain() {
    for fine in ["a@b.mx", "maria.lopez+mesa@sub.example.org", "ñandú@example.org"] {
        assert!(is_mail(fine), "{fine}");
    }
    for wrong in [
        "",
        "a",
        "a@",
        "@b.mx",
        "a@b",
        "a@b.",
        "a@.mx",
        "a@b.m",
        "a b@c.mx",
        "a@b@c.mx",
        "a@b.mx, c@d.mx",
        "<a@b.mx>",
        "a@b.mx\r\nBcc: x@y.mx",
    ] {
        assert!(!is_mail(wrong), "{wrong}");
    }
}
