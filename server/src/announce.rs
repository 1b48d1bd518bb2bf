//! What the operator's terminal shows: the addresses for phones with a QR code, and the
//! facilitator's link.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::convert::{Builder, Shape};

/// A QR code as an SVG that fills its box.
pub fn qr_svg(text: &str) -> String {
    match QRBuilder::new(text).build() {
        Ok(code) => SvgBuilder::default().shape(Shape::Square).margin(2).to_str(&code),
        // Too long for a QR code: the page shows the address in words as well.
        Err(_) => String::new(),
    }
}

/// A QR code in half blocks, for a terminal.
pub fn qr_terminal(text: &str) -> String {
    QRBuilder::new(text).build().map(|code| code.to_str()).unwrap_or_default()
}

/// The addresses at which phones on the same network reach this machine, best first: private IPv4
/// addresses of interfaces that are up, loopback left out.
pub fn lan_addresses(scheme: &str, listening: SocketAddr) -> Vec<String> {
    let ip = listening.ip();
    if !ip.is_unspecified() {
        return if ip.is_loopback() { Vec::new() } else { vec![url(scheme, ip, listening.port())] };
    }
    let mut found: Vec<_> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .filter(|interface| !interface.is_loopback() && !looks_virtual(&interface.name))
        .map(|interface| interface.ip())
        .filter(|ip| matches!(ip, IpAddr::V4(v4) if !v4.is_link_local()))
        .collect();
    found.sort_by_key(|ip| !matches!(ip, IpAddr::V4(v4) if v4.is_private()));
    found.into_iter().map(|ip| url(scheme, ip, listening.port())).collect()
}

fn looks_virtual(interface: &str) -> bool {
    ["docker", "veth", "br-", "virbr", "tun", "tap"]
        .iter()
        .any(|prefix| interface.starts_with(prefix))
}

fn url(scheme: &str, ip: IpAddr, port: u16) -> String {
    format!("{scheme}://{}", SocketAddr::new(ip, port))
}

/// Writes the address for phones to the data folder. Returns the previous address if it was another
/// one: drafts on phones belong to that.
pub fn remember_address(folder: &Path, address: &str) -> Option<String> {
    let file = folder.join("direccion.txt");
    let before = std::fs::read_to_string(&file).ok().map(|text| text.trim().to_owned());
    if let Err(error) = std::fs::write(&file, format!("{address}\n")) {
        tracing::warn!(%error, "the address couldn't be remembered");
    }
    before.filter(|before| !before.is_empty() && before != address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_changed_is_noticed_once() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(remember_address(folder.path(), "http://192.168.1.5:3000"), None);
        assert_eq!(remember_address(folder.path(), "http://192.168.1.5:3000"), None);
        assert_eq!(
            remember_address(folder.path(), "http://10.0.0.2:3000").as_deref(),
            Some("http://192.168.1.5:3000")
        );
        assert_eq!(remember_address(folder.path(), "http://10.0.0.2:3000"), None);
    }

    #[test]
    fn a_server_on_loopback_has_no_address_for_phones() {
        assert!(lan_addresses("http", ([127, 0, 0, 1], 3000).into()).is_empty());
        assert_eq!(
            lan_addresses("https", ([192, 168, 7, 1], 3000).into()),
            ["https://192.168.7.1:3000"]
        );
    }

    #[test]
    fn a_qr_is_an_image_without_scripts() {
        let svg = qr_svg("http://192.168.1.5:3000/entrar/K7M-4QXP");
        assert!(svg.starts_with("<svg") && !svg.contains("<script"));
    }
}
