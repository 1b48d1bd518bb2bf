//! What the command line understands.

use std::num::NonZeroU32;
use std::os::unix::ffi::OsStringExt as _;

use store::Location;

use super::*;
use crate::lasting::Lasting;
use crate::service::sample::Stage;

fn read(line: &str) -> Result<Command, Misunderstood> {
    parse(line.split_whitespace().map(OsString::from), |name| {
        (name == "MESA_DATA").then(|| "otra".into())
    })
}

#[test]
fn commands_are_read_with_their_options_and_the_environment() {
    let Ok(Command::Serve(serve)) = read("serve --addr 127.0.0.1:4000 --announce") else {
        panic!("serve")
    };
    assert_eq!(serve.address.port(), 4000);
    assert!(serve.announce);
    assert!(matches!(serve.location, Location::Sqlite(path) if path.ends_with("otra")));
    let Ok(Command::Demo(demo)) =
        read("demo --data d --stage agreed --json --url http://mesa.test:9/")
    else {
        panic!("demo")
    };
    assert_eq!(
        (demo.stage, demo.json, demo.url.as_str()),
        (Stage::Agreed, true, "http://mesa.test:9")
    );
    assert!(matches!(
        read("verify --database-url postgres://x/y"),
        Ok(Command::Verify(Location::Url(_)))
    ));
    assert!(matches!(read("link facilitator"), Ok(Command::LinkFacilitator(_))));
    let key = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
    let file = |line: &str| match read(line) {
        Ok(Command::VerifyFile(verify)) => {
            (verify.location.is_some(), verify.key.map(|key| key.to_string()))
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(file("verify plan.pdf"), (true, None));
    assert_eq!(file(&format!("verify plan.pdf --key {key}")), (false, Some(key.to_owned())));
    assert!(file(&format!("verify plan.pdf --key {key} --data d")).0);
    assert!(read("verify plan.pdf --key 8a88").unwrap_err().to_string().contains("64"));
    assert!(read(&format!("verify --key {key}")).is_err(), "a store has its own");
    assert!(matches!(read("key show"), Ok(Command::ShowKey(_))));
    assert!(matches!(read("key replace"), Ok(Command::ReplaceKey(_))));
    assert!(
        matches!(read("redact --text Obsidiana"), Ok(Command::Redact(redact)) if redact.text == "Obsidiana")
    );
    let named = |line: &str| match read(line) {
        Ok(Command::Anonymise(anonymise)) => anonymise.who,
        other => panic!("{other:?}"),
    };
    assert_eq!(named("anonymise"), None);
    assert_eq!(named("anonymise --name Rosa"), Some(Who::Name("Rosa".to_owned())));
    assert!(matches!(
        named("anonymise --person 01a20578-935f-77ac-a419-99c14f9b6da4"),
        Some(Who::Id(_))
    ));
    assert!(read("anonymise --person Rosa").unwrap_err().to_string().contains("--person"));
    let Ok(Command::AddMesa(mesa)) =
        read("add-mesa --exercise 01a20578-935f-77ac-a419-99c14f9b6da4 --theme Agua --json")
    else {
        panic!("add-mesa")
    };
    assert_eq!(
        (mesa.theme.as_str(), mesa.json, mesa.url.as_str()),
        ("Agua", true, "http://localhost:3000")
    );
    let Ok(Command::Notice(notice)) = read("notice --short breve.txt --full aviso.txt") else {
        panic!("notice")
    };
    assert_eq!(
        (notice.exercise, notice.short.to_str(), notice.full.to_str()),
        (None, Some("breve.txt"), Some("aviso.txt"))
    );
    let Ok(Command::Logo(logo)) = read("logo --place 2 --file logo.png --name Municipio") else {
        panic!("logo")
    };
    assert_eq!(
        (logo.place, logo.logo.map(|(name, _)| name.to_string()).as_deref()),
        (2, Some("Municipio"))
    );
    assert!(matches!(read("logo --place 8"), Ok(Command::Logo(logo)) if logo.logo.is_none()));
    let Ok(Command::Backup(backup)) = read("backup --data d --to copia.sqlite --replace") else {
        panic!("backup")
    };
    assert!(
        backup.replace
            && backup.to.ends_with("copia.sqlite")
            && backup.location == Location::Sqlite("d".into())
    );
    assert!(
        matches!(read("backup --to copia.sqlite"), Ok(Command::Backup(backup)) if !backup.replace)
    );
    assert!(
        matches!(read("restore --from copia.sqlite"), Ok(Command::Restore(restore)) if restore.from.ends_with("copia.sqlite"))
    );
    assert!(matches!(read("serve --help"), Ok(Command::Help)));
}

#[test]
fn the_edge_of_the_network_is_the_operator_s() {
    let serve = |line: &str| match read(line) {
        Ok(Command::Serve(serve)) => Ok(serve),
        Ok(_) => panic!("serve"),
        Err(misunderstood) => Err(misunderstood.to_string()),
    };
    let plain = serve("serve").unwrap();
    assert!(plain.tls.is_none() && plain.trusted_proxies.is_empty());
    assert!(plain.per_address.is_none());
    assert_eq!(plain.lasting, Lasting::default());
    let given = serve("serve --idle-hours 48 --table-idle-days 7").unwrap();
    let (hours, days) = (given.lasting.facilitation_idle, given.lasting.table_idle);
    assert_eq!((hours.as_secs(), days.as_secs()), (48 * 3_600, 7 * 86_400));
    for wrong in ["--idle-hours 0", "--idle-hours 721", "--table-idle-days siete"] {
        assert!(serve(&format!("serve {wrong}")).unwrap_err().contains("de 1 a"), "{wrong}");
    }
    let given = "serve --tls-cert c.pem --tls-key k.pem --trusted-proxy 10.0.0.0/8,::1 \
                 --per-address 500";
    let given = serve(given).unwrap();
    assert_eq!(given.tls, Some(("c.pem".into(), "k.pem".into())));
    assert_eq!(given.trusted_proxies.len(), 2);
    assert_eq!(given.per_address.map(NonZeroU32::get), Some(500));
    assert!(serve("serve --tls-cert c.pem").unwrap_err().contains("--tls-key"));
    assert!(serve("serve --tls-key k.pem").unwrap_err().contains("--tls-cert"));
    assert!(serve("serve --trusted-proxy proxy").unwrap_err().contains("10.0.0.0/8"));
    assert!(serve("serve --per-address 49").unwrap_err().contains("de 50"));
}

#[test]
fn a_mail_server_is_named_by_the_environment_and_its_password_is_repeated_nowhere() {
    use app::page::mail::Security;
    let serve = |given: &[(&str, &str)]| {
        let read = parse(["serve".into()], |name| {
            given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
        });
        match read {
            Ok(Command::Serve(serve)) => Ok(serve.mail),
            Ok(_) => panic!("serve"),
            Err(misunderstood) => Err(misunderstood.to_string()),
        }
    };
    assert_eq!(serve(&[]), Ok(None));
    assert_eq!(serve(&[("MESA_SMTP_HOST", " ")]), Ok(None));
    let least = [("MESA_SMTP_HOST", "smtp.x.mx"), ("MESA_SMTP_FROM", "Mesa <mesa@x.mx>")];
    let mail = serve(&least).unwrap().unwrap();
    assert_eq!((mail.port, mail.security, mail.user.is_none()), (587, Security::StartTls, true));
    let with = |more: &[(&'static str, &'static str)]| serve(&[&least[..], more].concat());
    let mail = with(&[("MESA_SMTP_SECURITY", "tls"), ("MESA_SMTP_TIMEOUT", "5")]).unwrap().unwrap();
    assert_eq!((mail.port, mail.pace.step.as_secs()), (465, 5));
    let user = [("MESA_SMTP_USER", "mesa"), ("MESA_SMTP_PASSWORD", "s3cr3t0")];
    assert!(with(&user).unwrap().unwrap().user.is_some());
    for (wrong, said) in [
        (&[("MESA_SMTP_SECURITY", "ssl")][..], "starttls, tls o none"),
        (&[("MESA_SMTP_PORT", "0")], "de 1 a 65535"),
        (&[("MESA_SMTP_USER", "mesa")], "MESA_SMTP_PASSWORD"),
        (&[("MESA_SMTP_PASSWORD", "s3cr3t0")], "MESA_SMTP_USER"),
    ] {
        let refused = with(wrong).unwrap_err();
        assert!(refused.contains(said) && !refused.contains("s3cr3t0"), "{refused}");
    }
    let alone = serve(&[("MESA_SMTP_HOST", "smtp.x.mx")]).unwrap_err();
    assert!(alone.contains("MESA_SMTP_FROM"), "{alone}");
    for wrong in ["mesa", "mesa@peña.mx", "mesa@x.mx\r\nBcc: otra@x.mx"] {
        let from = [("MESA_SMTP_HOST", "smtp.x.mx"), ("MESA_SMTP_FROM", wrong)];
        assert!(serve(&from).unwrap_err().contains("sin acentos"), "{wrong}");
    }
}

#[test]
fn what_is_not_understood_is_said_in_spanish() {
    assert_eq!(read("").unwrap_err().to_string(), "falta la orden");
    assert_eq!(read("borra").unwrap_err().to_string(), "no existe la orden «borra»");
    assert_eq!(
        read("serve --stage live").unwrap_err().to_string(),
        "la opción --stage no es de esta orden"
    );
    assert_eq!(read("serve --addr").unwrap_err().to_string(), "falta el valor de --addr");
    assert!(read("serve --addr 3000").unwrap_err().to_string().contains("0.0.0.0:3000"));
    assert_eq!(read("redact").unwrap_err().to_string(), "falta el valor de --text");
    assert!(read("redact --text a").unwrap_err().to_string().contains("tres letras"));
    assert_eq!(read("notice --short a").unwrap_err().to_string(), "falta el valor de --full");
    assert_eq!(read("backup").unwrap_err().to_string(), "falta el valor de --to");
    assert_eq!(read("restore").unwrap_err().to_string(), "falta el valor de --from");
    assert_eq!(
        read("restore --from a --replace").unwrap_err().to_string(),
        "la opción --replace no es de esta orden"
    );
    assert_eq!(
        read("logo --place 1 --file a").unwrap_err().to_string(),
        "falta el valor de --name"
    );
    for place in ["0", "9", "uno", "-1"] {
        let line = ["logo", "--place", place].map(OsString::from);
        assert!(parse(line, |_| None).unwrap_err().to_string().contains("de 1 a 8"), "{place}");
    }
    assert_eq!(
        read("add-mesa --theme Agua").unwrap_err().to_string(),
        "falta el valor de --exercise"
    );
    assert!(
        read("add-mesa --exercise 7 --theme Agua").unwrap_err().to_string().contains("demo --json")
    );
    let add = |theme: &str| {
        let line =
            ["add-mesa", "--exercise", "01a20578-935f-77ac-a419-99c14f9b6da4", "--theme", theme];
        parse(line.map(OsString::from), |_| None).map(|_| ()).map_err(|error| error.to_string())
    };
    for theme in ["Agua y cuidados", "dos\nrenglones"] {
        assert_eq!(add(theme), Ok(()));
    }
    for theme in [" ", &"a".repeat(241)] {
        assert!(add(theme).unwrap_err().contains("de 1 a 240 letras"), "{theme}");
    }
    assert_eq!(
        read("serve --announce=sí").unwrap_err().to_string(),
        "--announce no lleva ningún valor"
    );
    let windows = || OsString::from_vec(b"Educaci\xF3n".to_vec());
    let given =
        |command: &str, option: &str| parse([command.into(), option.into(), windows()], |_| None);
    assert!(
        given("add-mesa", "--theme").unwrap_err().to_string().contains("--theme no está en UTF-8")
    );
    // A file may have such a name.
    assert!(
        matches!(given("verify", "--data"), Ok(Command::Verify(Location::Sqlite(path))) if path.as_os_str() == windows())
    );
    let variable = |name: &str| (name == "MESA_ADDR").then(windows);
    assert!(
        parse(["serve".into()], variable)
            .unwrap_err()
            .to_string()
            .contains("MESA_ADDR no está en UTF-8")
    );
    assert!(read("demo --stage medio").unwrap_err().to_string().contains("frozen o signed"));
}
