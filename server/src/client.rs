//! Whose request it is, as far as the network tells: the address of the connection, or, behind a
//! proxy that the operator named, the address that it forwards.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// What limits count by where there is no session: an address, of IPv6 the first 64 bits, because
/// whoever has one such address has all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(IpAddr);

impl From<IpAddr> for Place {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// Whether an address is in one of these networks.
pub fn is_in(networks: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// The place that a request comes from. Afterwards its headers say `x-forwarded-proto: https` if a
/// trusted proxy got it over TLS, and nothing else of what proxies say: anybody can write that.
pub fn settle(headers: &mut HeaderMap, peer: IpAddr, trusted: &[IpNet]) -> Place {
    let mut at = peer;
    let mut secure = false;
    if is_in(trusted, peer) {
        let (hops, scheme) = forwarded(headers);
        secure = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
        // The last was written by the nearest proxy, the first perhaps by the visitor.
        for hop in hops.iter().rev() {
            if !is_in(trusted, at) {
                break;
            }
            let Some(hop) = address(hop) else { break };
            at = hop;
        }
    }
    for name in [X_FORWARDED_FOR, X_FORWARDED_PROTO, header::FORWARDED] {
        headers.remove(name);
    }
    if secure {
        headers.insert(X_FORWARDED_PROTO, HeaderValue::from_static("https"));
    }
    at.into()
}

/// Whether a trusted proxy got the request over TLS, once [`settle`] was called.
pub fn came_by_tls(headers: &HeaderMap) -> bool {
    headers.contains_key(X_FORWARDED_PROTO)
}

/// The addresses that proxies noted, nearest last, and the scheme that the nearest one saw.
fn forwarded(headers: &HeaderMap) -> (Vec<String>, Option<String>) {
    let listed = |name: HeaderName| -> Vec<String> {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|value| value.trim().to_owned())
            .collect()
    };
    let standard = listed(header::FORWARDED);
    let field = |element: &str, wanted: &str| {
        element.split(';').filter_map(|pair| pair.split_once('=')).find_map(|(name, value)| {
            name.trim()
                .eq_ignore_ascii_case(wanted)
                .then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    let mut hops = listed(X_FORWARDED_FOR);
    if hops.is_empty() {
        let named = |element: &String| field(element, "for").unwrap_or_default();
        hops = standard.iter().map(named).collect();
    }
    let scheme = listed(X_FORWARDED_PROTO).pop();
    let scheme = scheme.or_else(|| field(standard.last()?, "proto"));
    (hops, scheme)
}

/// An address as proxies write it, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = |text: &str| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse()
        .or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()))
        .ok()
        .or_else(|| bare(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(
        peer: &str,
        trusted: &[&str],
        said: &[(&'static str, &'static str)],
    ) -> (Place, bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, HeaderValue::from_static(value));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let place = settle(&mut headers, peer.parse().unwrap(), &trusted);
        assert!(!headers.contains_key(X_FORWARDED_FOR) && !headers.contains_key(header::FORWARDED));
        (place, came_by_tls(&headers))
    }

    fn place(text: &str) -> Place {
        Place::from(text.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn only_a_trusted_proxy_may_say_whose_request_it_forwards() {
        let said = [("x-forwarded-for", "6.6.6.6, 203.0.113.9"), ("x-forwarded-proto", "https")];
        assert_eq!(settled("198.51.100.7", &[], &said), (place("198.51.100.7"), false));
        assert_eq!(settled("198.51.100.7", &["10.0.0.0/8"], &said).0, place("198.51.100.7"));
        // The visitor wrote the first address themselves.
        assert_eq!(settled("10.1.2.3", &["10.0.0.0/8"], &said), (place("203.0.113.9"), true));
        let two = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "203.0.113.9, 10.9.9.9")];
        assert_eq!(settled("10.1.2.3", &["10.0.0.0/8"], &two), (place("203.0.113.9"), false));
        // What can't be read is the proxy's own request.
        let unread = [("x-forwarded-for", "unknown")];
        assert_eq!(settled("10.1.2.3", &["10.0.0.0/8"], &unread).0, place("10.1.2.3"));
        // A socket for both kinds of address writes IPv4 as IPv6.
        assert_eq!(settled("::ffff:10.1.2.3", &["10.0.0.0/8"], &said).0, place("203.0.113.9"));
    }

    #[test]
    fn the_standard_header_is_read_too() {
        let said =
            [("forwarded", r#"for=6.6.6.6, for="[2001:db8::7]:4711";proto=https;by=10.0.0.1"#)];
        assert_eq!(settled("10.0.0.1", &["10.0.0.1/32"], &said), (place("2001:db8::7"), true));
        let bare = [("forwarded", r#"For="[2001:db8::7]""#)];
        assert_eq!(settled("10.0.0.1", &["10.0.0.1/32"], &bare), (place("2001:db8::7"), false));
    }

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
    }
}
