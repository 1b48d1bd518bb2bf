//! The open data as opened by a spreadsheet: LibreOffice reads the tables with each separator and
//! the workbook, and nothing in them becomes a formula. Without LibreOffice this is skipped, unless
//! `MESA_REQUIRE_CALC` is set.

#![allow(clippy::unwrap_used, missing_docs)]

use domain::deliberation;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};

use calamine::{Data, Ods, Range, Reader, Xlsx};
use domain::deliberation::choice::{Category, Party};
use domain::{Assignment, Command, ItemId, ItemKind, ShortText, TextField};
use server::service::sample::Stage;

#[path = "over_sockets/support.rs"]
#[allow(dead_code)]
mod support;
use support::{Device, Server, get};

const TRAP: &str = "Publicar contratos;=HYPERLINK(\"http://x.invalid\";\"ver\")";
/// Texts that people may have written, with good intentions or not.
const WRITTEN: [&str; 17] = [
    TRAP,
    "- primer punto\n- segundo, con coma; y punto y coma",
    "=1+1",
    "+SUM(1;2)",
    "@SUM(1,2)",
    "-2+3+cmd|' /C calc'!A0",
    "  =1+1",
    "\"=1+1",
    "dos renglones\n=1+1\n\"=2+2\"",
    "a;\"=1+1\";b",
    "a,=1+1,\"=2+2",
    "'=1+1",
    "2026",
    "007",
    "30/10/2026",
    "＝1+1",
    "dice \"sí\", ¿o no?; ni idea",
];
const FILES: [&str; 4] =
    ["compromisos.csv", "actividades.csv", "problemas.csv", "compromisos_problemas.csv"];

struct Written {
    server: Server,
    facilitator: Device,
    commitment: ItemId,
    activities: Vec<ItemId>,
}

fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

/// The sample, and a commitment with an activity for each of [`WRITTEN`].
async fn written() -> Written {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator =
        server.device(&server.ways.facilitator_url.clone(), "Fabiola Secreta").await;
    let commitment = facilitator.add(ItemKind::Commitment, None);
    facilitator.type_at(commitment, TextField::Title, 0, TRAP);
    facilitator.type_at(commitment, TextField::Description, 0, WRITTEN[1]);
    for value in [
        Assignment::Category(Some(Category::Proactive)),
        Assignment::IndicatorBaseline(short("-5")),
        Assignment::IndicatorTarget(short("9 de 17")),
        Assignment::IndicatorUnit(short("=1+1")),
        Assignment::Lead(Party::Named(short("@Oficina; +52-951"))),
        Assignment::Starts(Some(time::macros::date!(2026 - 11 - 02))),
    ] {
        facilitator.command(Command::Deliberation(deliberation::Command::Assign {
            item: commitment,
            value,
        }));
    }
    let activities: Vec<_> = WRITTEN
        .iter()
        .map(|text| {
            let activity = facilitator.add(ItemKind::Activity, Some(commitment));
            facilitator.type_at(activity, TextField::Title, 0, text);
            activity
        })
        .collect();
    facilitator.settled().await;
    assert_eq!(facilitator.refused, []);
    Written { server, facilitator, commitment, activities }
}

async fn fetch(server: &Server, file: &str) -> Vec<u8> {
    let response =
        get(server.address, &format!("/publico/{}/{file}", server.ways.mesa_id), None).await;
    assert_eq!(response.status, 200, "{file}");
    assert!(!response.text.contains("Fabiola"), "{file} names somebody");
    response.body
}

/// A table as a program reads it: rows by column name.
fn rows(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv).into_deserialize().collect::<Result<_, _>>().unwrap()
}

/// Removes the guard as `datapackage.json` describes it; for the characters that `WRITTEN` has.
fn unguarded(text: &str) -> String {
    let mut signs = text.replace('\u{FEFF}', "");
    for sign in ["=", "+", "-", "@", "＝"] {
        signs = signs.replace(&format!("'{sign}"), sign);
    }
    signs
}

/// LibreOffice, with a profile of its own; none when it is missing and not required.
struct Calc(tempfile::TempDir);

impl Calc {
    fn find() -> Option<Self> {
        if Program::new("soffice").arg("--version").stdout(Stdio::null()).status().is_err() {
            assert!(std::env::var_os("MESA_REQUIRE_CALC").is_none(), "there is no LibreOffice");
            eprintln!("skipped: there is no LibreOffice");
            return None;
        }
        Some(Self(tempfile::tempdir().unwrap()))
    }

    /// Opens files with an import filter.
    fn open(&self, files: &[PathBuf], filter: &str) -> Vec<Ods<std::io::BufReader<std::fs::File>>> {
        let out = tempfile::tempdir().unwrap();
        let run = Program::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                self.0.path().join("profile").display()
            ))
            .args([
                "--headless",
                "--norestore",
                &format!("--infilter={filter}"),
                "--convert-to",
                "ods",
                "--outdir",
            ])
            .arg(out.path())
            .args(files)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let opened = |file: &PathBuf| {
            calamine::open_workbook(
                out.path().join(file.with_extension("ods").file_name().unwrap()),
            )
            .unwrap()
        };
        files.iter().map(opened).collect()
    }
}

/// The formulas of every sheet.
fn formulas<R: Reader<std::io::BufReader<std::fs::File>>>(book: &mut R) -> Vec<String> {
    let sheets = book.sheet_names();
    let of = |name: String| {
        let formulas = book.worksheet_formula(&name).unwrap_or_else(|_| panic!("{name} is read"));
        formulas
            .used_cells()
            .map(|(_, _, formula)| formula.clone())
            .filter(|formula| !formula.is_empty())
            .collect::<Vec<_>>()
    };
    sheets.into_iter().flat_map(of).collect()
}

fn column(sheet: &Range<Data>, heading: &str) -> usize {
    sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .position(|cell| cell == heading)
        .unwrap_or_else(|| panic!("no column {heading}"))
}

#[tokio::test]
async fn programs_read_what_was_written_and_join_it_by_ids_that_stay() {
    let Written { server, mut facilitator, commitment, activities } = written().await;
    let before = rows(&fetch(&server, "actividades.csv").await);
    let commitments = rows(&fetch(&server, "compromisos.csv").await);
    let ours = commitments.last().unwrap();
    assert_eq!(
        (ours["number"].as_str(), ours["category"].as_str(), ours["starts"].as_str()),
        ("6", "proactive", "2026-11-02")
    );
    assert_eq!(
        (ours["indicator_baseline"].as_str(), ours["indicator_target"].as_str()),
        ("-5", "9 de 17")
    );
    assert_eq!(ours["title"], "Publicar contratos;'=HYPERLINK(\"http://x.invalid\";\"ver\")");
    assert_eq!(ours["description"], WRITTEN[1], "a list keeps its dashes");
    assert!(ours["id"].starts_with("C-"));
    let parts: Vec<_> = before.iter().filter(|row| row["commitment_id"] == ours["id"]).collect();
    assert_eq!(parts.len(), activities.len());
    for (row, text) in parts.iter().zip(WRITTEN) {
        assert_eq!(unguarded(&row["title"]), text.replace('\u{FEFF}', ""));
        assert!(row["id"].starts_with("A-"));
    }

    // The same texts and ids as in the JSON, which has the texts as they were written.
    let data: serde_json::Value =
        serde_json::from_slice(&fetch(&server, "datos.json").await).unwrap();
    let json = &data["commitments"][5];
    assert_eq!(
        (json["id"].as_str(), json["category"].as_str()),
        (Some(ours["id"].as_str()), Some("proactive"))
    );
    assert_eq!(
        (json["uuid"].as_str(), json["title"].as_str()),
        (Some(commitment.to_string().as_str()), Some(TRAP))
    );
    let first = &data["commitments"][0];
    assert_eq!(commitments[0]["components"], "transparency participation accountability");
    assert_eq!(
        first["components"],
        serde_json::json!(["transparency", "participation", "accountability"])
    );
    let answers = rows(&fetch(&server, "compromisos_problemas.csv").await);
    assert_eq!(first["problems"], serde_json::json!([answers[0]["problem_id"]]));
    let problems = rows(&fetch(&server, "problemas.csv").await);
    assert!(
        answers.iter().all(|row| problems.iter().any(|problem| problem["id"] == row["problem_id"]))
    );
    assert_eq!(
        (&data["problems"][0]["origin"], &data["problems"][0]["state"]["name"]),
        (&problems[0]["origin"].as_str().into(), &problems[0]["state"].as_str().into())
    );

    // One moved and one deleted: the others keep their ids.
    facilitator.command(Command::Deliberation(deliberation::Command::Move {
        item: activities[3],
        after: None,
    }));
    facilitator
        .command(Command::Deliberation(deliberation::Command::Remove { item: activities[1] }));
    facilitator.settled().await;
    let after = rows(&fetch(&server, "actividades.csv").await);
    let ids = |rows: &[BTreeMap<String, String>]| -> BTreeMap<String, String> {
        rows.iter().map(|row| (row["id"].clone(), row["title"].clone())).collect()
    };
    let (before, after) = (ids(&before), ids(&after));
    assert_eq!(after.len(), before.len() - 1);
    assert!(after.iter().all(|(id, title)| before.get(id) == Some(title)));
}

#[tokio::test]
async fn the_description_fits_the_tables() {
    let Written { server, .. } = written().await;
    let package: serde_json::Value =
        serde_json::from_slice(&fetch(&server, "datapackage.json").await).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    assert!(package["name"].as_str().unwrap().chars().all(|letter| letter.is_ascii_lowercase()
        || letter.is_ascii_digit()
        || "-._".contains(letter)));
    for key in ["title", "description", "homepage", "id"] {
        assert!(package[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    assert_eq!(package["licenses"][0]["path"], "https://datos.gob.mx/libreusomx");
    assert_eq!(
        package["sources"][0]["title"],
        "Gobierno Abierto Sierra Clara 2026 (muestra) · Valle Hondo"
    );
    assert_eq!(package["contributors"][0]["title"], "Instituto de Transparencia de Sierra Clara");
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(
        resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect::<Vec<_>>(),
        FILES
    );
    let mut tables = BTreeMap::new();
    for resource in resources {
        let bytes = fetch(&server, resource["path"].as_str().unwrap()).await;
        assert!(
            bytes.is_ascii()
                || std::str::from_utf8(&bytes).is_ok_and(|text| !text.starts_with('\u{FEFF}'))
        );
        tables.insert(resource["name"].as_str().unwrap(), (bytes.clone(), rows(&bytes)));
    }
    for resource in resources {
        let name = resource["name"].as_str().unwrap();
        let (bytes, rows) = &tables[name];
        let schema = &resource["schema"];
        let fields: Vec<_> = schema["fields"].as_array().unwrap().iter().collect();
        let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(
            csv::Reader::from_reader(&bytes[..]).headers().unwrap().iter().collect::<Vec<_>>(),
            names
        );
        let key: Vec<_> = schema["primaryKey"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let keys: std::collections::BTreeSet<Vec<&str>> =
            rows.iter().map(|row| key.iter().map(|name| row[*name].as_str()).collect()).collect();
        assert_eq!(keys.len(), rows.len(), "the key of {name} is one");
        for row in rows {
            for field in &fields {
                let (value, constraints) =
                    (row[field["name"].as_str().unwrap()].as_str(), &field["constraints"]);
                assert!(
                    !value.is_empty() || constraints["required"] != true,
                    "{name}: {field} is empty"
                );
                let fits = match field["type"].as_str().unwrap() {
                    _ if value.is_empty() => true,
                    "integer" => value.parse::<u32>().is_ok_and(|number| number >= 1),
                    "date" => time::Date::parse(
                        value,
                        time::macros::format_description!("[year]-[month]-[day]"),
                    )
                    .is_ok(),
                    "string" => constraints["enum"]
                        .as_array()
                        .is_none_or(|words| words.contains(&value.into())),
                    "any" => true,
                    other => panic!("no such type: {other}"),
                };
                assert!(fits, "{name}: {value:?} is none of {field}");
            }
            for foreign in schema["foreignKeys"].as_array().into_iter().flatten() {
                let value = &row[foreign["fields"][0].as_str().unwrap()];
                let other = match foreign["reference"]["resource"].as_str().unwrap() {
                    "" => name,
                    other => other,
                };
                let there = foreign["reference"]["fields"][0].as_str().unwrap();
                assert!(
                    value.is_empty() || tables[other].1.iter().any(|row| row[there] == *value),
                    "{name}: {value} is not in {other}"
                );
            }
        }
    }
}

#[tokio::test]
async fn no_spreadsheet_computes_what_people_wrote_whichever_separator_it_takes() {
    let Some(calc) = Calc::find() else { return };
    let Written { server, .. } = written().await;
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for file in FILES {
        files.push(folder.path().join(file));
        std::fs::write(files.last().unwrap(), fetch(&server, file).await).unwrap();
    }
    // Each separator, then all at once; quoted cells read as text, then as anything, trimmed.
    for separators in ["44", "59", "9", "44/59/9"] {
        for quoted in ["true,true", "false,true,true,false,true"] {
            for (mut book, file) in calc
                .open(&files, &format!("CSV:{separators},34,76,1,,0,{quoted}"))
                .into_iter()
                .zip(FILES)
            {
                assert_eq!(
                    formulas(&mut book),
                    Vec::<String>::new(),
                    "{file} cut at {separators}, quoted {quoted}"
                );
            }
        }
    }
    // An unguarded file, to see that formulas would be detected.
    let trap = folder.path().join("trampa.csv");
    std::fs::write(&trap, "a;b\r\nPublicar;=1+1\r\n").unwrap();
    assert_eq!(formulas(&mut calc.open(&[trap], "CSV:59,34,76,1").remove(0)).len(), 1);

    // Opened with the right settings, the cells have the original values.
    let mut book = calc.open(&files[..1], "CSV:44,34,76,1,,0,true,true").remove(0);
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let ours = sheet.rows().next_back().unwrap();
    let cell = |name: &str| &ours[column(&sheet, name)];
    assert_eq!(cell("number"), &Data::Float(6.0));
    assert_eq!(cell("indicator_baseline"), &Data::Float(-5.0));
    assert_eq!(cell("indicator_target"), &Data::String("9 de 17".to_owned()));
    assert_eq!(
        cell("title"),
        &Data::String("Publicar contratos;'=HYPERLINK(\"http://x.invalid\";\"ver\")".to_owned())
    );
    assert_eq!(cell("description"), &Data::String(WRITTEN[1].to_owned()));
    assert!(
        matches!(cell("starts"), Data::DateTimeIso(day) if day == "2026-11-02"),
        "{:?}",
        cell("starts")
    );
}

/// The expected workbook, whichever way it was opened.
fn assert_workbook<R: Reader<std::io::BufReader<std::fs::File>>>(book: &mut R)
where
    R::Error: std::fmt::Debug,
{
    assert_eq!(book.sheet_names(), ["Compromisos", "Actividades", "Problemas"]);
    assert_eq!(formulas(book), Vec::<String>::new());
    let sheet = book.worksheet_range("Compromisos").unwrap();
    let ours = sheet.rows().next_back().unwrap();
    let cell = |heading: &str| &ours[column(&sheet, heading)];
    assert_eq!(cell("Núm."), &Data::Float(6.0));
    assert_eq!(cell("Nombre del compromiso"), &Data::String(TRAP.to_owned()));
    assert_eq!(cell("Descripción"), &Data::String(WRITTEN[1].to_owned()));
    assert_eq!(cell("Categoría"), &Data::String("Proactivo".to_owned()));
    assert_eq!(
        (cell("Punto de partida"), cell("Meta")),
        (&Data::Float(-5.0), &Data::String("9 de 17".to_owned()))
    );
    match cell("Inicia") {
        Data::DateTime(day) => assert_eq!((day.as_f64(), day.is_datetime()), (46_328.0, true)),
        Data::DateTimeIso(day) => assert_eq!(day, "2026-11-02"),
        other => panic!("{other:?} is no day"),
    }
    let activities = book.worksheet_range("Actividades").unwrap();
    let title = column(&activities, "Qué se hará");
    let titles: Vec<_> = activities.rows().map(|row| row[title].clone()).collect();
    let written: Vec<_> = WRITTEN.iter().map(|text| Data::String((*text).to_owned())).collect();
    assert_eq!(titles[titles.len() - written.len()..], written, "text is text, as it was written");
}

#[tokio::test]
async fn the_workbook_has_text_as_text_days_as_days_and_numbers_as_numbers() {
    let Written { server, .. } = written().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("compromisos.xlsx");
    let bytes = fetch(&server, "compromisos.xlsx").await;
    assert_eq!(
        bytes,
        fetch(&server, "compromisos.xlsx").await,
        "the same mesa makes the same bytes"
    );
    std::fs::write(&file, &bytes).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook(&file).unwrap();
    assert_workbook(&mut book);

    let response =
        get(server.address, &format!("/publico/{}/compromisos.xlsx", server.ways.mesa_id), None)
            .await;
    assert!(
        response.head.contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "{}",
        response.head
    );
    assert!(response.head.contains("filename=\"Mesa 1 "), "{}", response.head);

    let Some(calc) = Calc::find() else { return };
    assert_workbook(&mut calc.open(&[file], "Calc MS Excel 2007 XML").remove(0));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::start(Stage::Agreed).await;
    for path in [
        format!("/publico/{}/otra.csv", server.ways.mesa_id),
        format!("/publico/{}/compromisos.xlsx", server.ways.exercise_id),
        "/publico/nada/datos.json".to_owned(),
    ] {
        assert_eq!(get(server.address, &path, None).await.status, 404, "{path}");
    }
    let path = |file: &str| {
        Path::new("/publico").join(server.ways.mesa_id.to_string()).join(file).display().to_string()
    };
    assert_eq!(get(server.address, &path("datos.json"), None).await.status, 200);
}
