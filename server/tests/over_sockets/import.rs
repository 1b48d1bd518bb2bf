//! Seats from a spreadsheet: looked at first, asked about, taken once, taken back.

use std::time::Instant;

use super::prepare::Prepared;
use super::support::{Response, ask, encoded};

const LIST: &str = "Organización\tSector\tLugar\tNombre\tCorreo\n\
    Contraloría del Estado\tinstitución pública\tTitular\tCarla Ruiz\tcarla@example.org\n\
    Contraloría del Estado\tinstitución pública\tSuplente\tDario Soto\tdario@example.org\n\
    Regantes del Norte\tgovierno \tTitular\tEva Luna\teva@example.org\n\
    \t\t\t\t\n\
    \"Comité, agua y drenaje\"\tsociedad civil\tTitular\tFélix Mar\tfelix@example\n";

/// What a page's form holds in a hidden field.
fn hidden(page: &Response, name: &str) -> String {
    let at = page
        .text
        .find(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}: {}", page.text));
    let rest = &page.text[at..];
    let value = rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// What the button with this label posts.
fn button(page: &Response, label: &str) -> String {
    let end = page
        .text
        .find(&format!(">{label}</button>"))
        .unwrap_or_else(|| panic!("no {label}: {}", page.text));
    let tag = &page.text[page.text[..end].rfind("<button").unwrap()..end];
    let value = tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test]
async fn a_pasted_list_is_looked_at_asked_about_taken_once_and_taken_back() {
    let at = Prepared::new().await;
    let looked = at.post("/actores/pegar", &[("lista", LIST), ("mira", "si")]).await;
    assert_eq!(looked.status, 200);
    for said in [
        "4 filas: 2 listas, 2 con pregunta",
        "1 renglón sin nada",
        "separadas por tabulador",
        "Fila 4: dice «govierno",
        "felix@example",
        "Comité, agua y drenaje",
        "Agregar 2 lugares",
    ] {
        assert!(looked.text.contains(said), "{said}: {}", looked.text);
    }
    assert!(at.state().await.actors.is_empty(), "looking adds nothing");
    // An answer settles its row; the others keep asking.
    let answered = at
        .post(
            "/actores/pegar",
            &[
                ("lista", LIST),
                ("respuestas", &hidden(&looked, "respuestas")),
                ("responde", &button(&looked, "Institución pública")),
            ],
        )
        .await;
    assert!(answered.text.contains("4 filas: 3 listas, 1 con pregunta"), "{}", answered.text);
    let answers = hidden(&answered, "respuestas");
    let fields = [("lista", LIST), ("respuestas", answers.as_str()), ("agrega", "si")];
    let taken = at.post("/actores/pegar", &fields).await;
    assert!(taken.text.contains("3 lugares agregados y 0 cambiados"), "{}", taken.text);
    let state = at.state().await;
    let names: Vec<_> = state.actors.iter().map(|actor| actor.organisation.to_string()).collect();
    assert_eq!(names, ["Contraloría del Estado", "Regantes del Norte"]);
    assert_eq!(state.registry.invited.len(), 3);
    // The same list again makes nothing.
    let again = at.post("/actores/pegar", &fields).await;
    assert!(again.text.contains("0 lugares agregados y 0 cambiados"), "{}", again.text);
    assert_eq!(at.state().await.registry.invited, state.registry.invited);
    // A corrected one changes what it corrects: decomposed letters are the same name.
    let corrected = LIST
        .replace("carla@example.org", "c.ruiz@example.org")
        .replace("Contraloría", "Contralori\u{301}a")
        .replace("felix@example", "felix@example.org");
    let looked = at
        .post("/actores/pegar", &[("lista", &corrected), ("respuestas", &answers), ("mira", "si")])
        .await;
    assert!(looked.text.contains("4 filas: 2 listas, 2 ya estaban igual"), "{}", looked.text);
    let taken = at
        .post(
            "/actores/pegar",
            &[("lista", &corrected), ("respuestas", &answers), ("agrega", "si")],
        )
        .await;
    assert!(taken.text.contains("1 lugar agregado y 1 cambiado"), "{}", taken.text);
    let list = at.get("/actores").await;
    assert!(list.text.contains("c.ruiz@example.org") && list.text.contains("Félix Mar"));
    // One step takes it back.
    let undone = at.post("/actores/deshacer", &[("deshacer", &hidden(&taken, "deshacer"))]).await;
    assert!(undone.text.contains("Se deshizo"), "{}", undone.text);
    let list = at.get("/actores").await;
    assert!(
        list.text.contains("carla@example.org") && !list.text.contains("Félix Mar"),
        "{}",
        list.text
    );
    assert_eq!(at.state().await.registry.invited, state.registry.invited);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn two_people_of_one_name_in_two_organisations_stay_two_and_twenty_seats_take_a_moment() {
    let at = Prepared::new().await;
    let mut list =
        String::from("Organización;Sector;Titular;Correo titular;Suplente;Correo suplente\n");
    for number in 1..=10 {
        list.push_str(&format!(
            "Organización {number};academia;María López;maria{number}@example.org;José Pérez {number};jose{number}@example.org\n"
        ));
    }
    let began = Instant::now();
    let taken = at.post("/actores/pegar", &[("lista", &list), ("agrega", "si")]).await;
    assert!(taken.text.contains("20 lugares agregados"), "{}", taken.text);
    assert!(began.elapsed() < std::time::Duration::from_secs(5));
    let state = at.state().await;
    let people: std::collections::BTreeSet<_> = state.registry.invited.values().collect();
    assert_eq!((state.actors.len(), people.len()), (10, 20));
    assert_eq!(at.cards("todos").await.len(), 20);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn files_are_read_and_what_is_no_list_is_refused_with_a_sentence() {
    let at = Prepared::new().await;
    let send = async |bytes: &[u8]| {
        let mut body =
            b"--x\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"a\"\r\n\r\n"
                .to_vec();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let address = at.server.address;
        let headers = format!(
            "Cookie: mesa_sesion={}\r\nOrigin: http://{address}\r\nContent-Type: multipart/form-data; boundary=x\r\n",
            at.cookie
        );
        ask(address, "POST", &at.address("/actores/archivo"), &body, &headers).await
    };
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(LIST.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let looked = send(&utf16).await;
    assert!(looked.text.contains("4 filas: 2 listas, 2 con pregunta"), "{}", looked.text);
    assert!(looked.text.contains("Fila 6:"), "the numbers are those of the sheet: {}", looked.text);
    for (bytes, said) in [
        (&b""[..], "No hay nada escrito"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0", "no es una lista"),
        (b"PK\x03\x04 broken", "está dañado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "anterior a 2007"),
    ] {
        let refused = send(bytes).await;
        assert!(refused.text.contains(said), "{said}: {}", refused.text);
    }
    // Hostile cells are text, or asked about.
    let hostile = "Organización\tSector\tTitular\n</textarea><img src=x>\tacademia\tJuan\n<script>alert(1)</script>\tacademia\t=cmd|' /C calc'!A0\nA\u{202e}B\tacademia\tAna Ríos\n";
    let looked = at.post("/actores/pegar", &[("lista", hostile), ("mira", "si")]).await;
    assert!(!looked.text.contains("<script>alert") && !looked.text.contains("<img src=x"));
    assert!(looked.text.contains("caracteres que no se ven"), "{}", looked.text);
    assert!(encoded([("a", hostile)]).len() > hostile.len());
    at.server.verify_clean().await;
}
