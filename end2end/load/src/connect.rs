//! Joining: a seat's form for a session, then the socket. And other HTTP requests.

use domain::{DeviceId, PersonId, Role};
use sync::{Me, Replica};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::{COOKIE, ORIGIN};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::links::{Links, SeatLink};

/// An open socket.
pub type Socket = WebSocketStream<TcpStream>;

const COOKIE_NAME: &str = "mesa_sesion=";
/// The encodings that a browser accepts.
const ENCODINGS: &str = "Accept-Encoding: br, gzip\r\n";

/// A TCP connection, before any request.
pub async fn stream(arguments: &Arguments) -> Result<TcpStream, Failure> {
    let stream = TcpStream::connect(arguments.address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The server's name, for the Host header.
pub fn host(arguments: &Arguments) -> &str {
    arguments.origin.trim_start_matches("http://")
}

async fn ask(arguments: &Arguments, request: &str) -> Result<Vec<u8>, Failure> {
    let mut stream = stream(arguments).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(response)
}

/// Takes a seat, as its link's form does. Returns the session's cookie.
pub async fn sit_down(
    arguments: &Arguments,
    link: &SeatLink,
    number: usize,
) -> Result<String, Failure> {
    let body = format!("nombre=Carga+{number}");
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        link.path(),
        host(arguments),
        arguments.origin,
        body.len()
    );
    session(&String::from_utf8_lossy(&ask(arguments, &request).await?)).map_err(Failure::Door)
}

/// The session's cookie in a response; otherwise the response's first line.
fn session(response: &str) -> Result<String, String> {
    let head = response.split("\r\n\r\n").next().unwrap_or_default();
    let cookie = head.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
        let value = value.trim_start();
        let is_ours = name.eq_ignore_ascii_case("set-cookie") && value.starts_with(COOKIE_NAME);
        is_ours.then(|| value.split(';').next().unwrap_or_default().to_owned())
    });
    cookie.ok_or_else(|| head.lines().next().unwrap_or_default().to_owned())
}

/// Fetches a path uncompressed. Returns its body.
pub async fn text(
    arguments: &Arguments,
    path: &str,
    cookie: Option<&str>,
) -> Result<String, Failure> {
    let response = fetch(arguments, path, cookie, "").await?;
    Ok(String::from_utf8_lossy(&response)
        .split_once("\r\n\r\n")
        .map_or_else(String::new, |(_, body)| body.to_owned()))
}

/// Fetches a path as browsers do. Returns the number of bytes, head included.
pub async fn weigh(
    arguments: &Arguments,
    path: &str,
    cookie: Option<&str>,
) -> Result<usize, Failure> {
    fetch(arguments, path, cookie, ENCODINGS).await.map(|response| response.len())
}

async fn fetch(
    arguments: &Arguments,
    path: &str,
    cookie: Option<&str>,
    more: &str,
) -> Result<Vec<u8>, Failure> {
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\n{cookie}{more}Connection: close\r\n\r\n",
        host(arguments)
    );
    let response = ask(arguments, &request).await?;
    if response.starts_with(b"HTTP/1.1 200") {
        return Ok(response);
    }
    let first = String::from_utf8_lossy(&response).lines().next().unwrap_or_default().to_owned();
    Err(Failure::Answer { path: path.to_owned(), first })
}

/// Opens the live connection: as a seat with a cookie, as the public without one.
pub async fn socket(
    arguments: &Arguments,
    links: &Links,
    cookie: Option<&str>,
) -> Result<Socket, Failure> {
    let view = if cookie.is_some() { "table" } else { "public" };
    let mut request = format!("ws://{}/ws?mesa={}&view={view}", host(arguments), links.mesa_id)
        .into_client_request()?;
    request.headers_mut().insert(ORIGIN, header(&arguments.origin)?);
    if let Some(cookie) = cookie {
        request.headers_mut().insert(COOKIE, header(cookie)?);
    }
    // There may be thousands of them, and frames are small.
    let config = WebSocketConfig::default().read_buffer_size(4 * 1024).write_buffer_size(0);
    let (socket, _) = tokio_tungstenite::client_async_with_config(
        request,
        stream(arguments).await?,
        Some(config),
    )
    .await?;
    Ok(socket)
}

fn header(text: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_str(text).map_err(|_| Failure::Door(text.to_owned()))
}

/// An empty replica: of somebody with a role at the table, or of a follower.
pub fn replica(links: &Links, role: Option<Role>) -> Replica {
    let me = Me {
        mesa: links.mesa_id.number,
        person: role.map(|_| PersonId(Uuid::now_v7())),
        role: role.unwrap_or(Role::Follower),
        seat: None,
        device: DeviceId(Uuid::now_v7()),
        replica: Uuid::now_v7(),
    };
    Replica::new(links.mesa_id.exercise, me, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_in_the_cookie_and_a_refusal_says_its_status() {
        let taken = "HTTP/1.1 303 See Other\r\nlocation: /mesa\r\nset-cookie: mesa_sesion=00ff; Path=/; HttpOnly\r\n\r\n";
        assert_eq!(session(taken), Ok("mesa_sesion=00ff".to_owned()));
        assert_eq!(
            session("HTTP/1.1 403 Forbidden\r\n\r\nset-cookie: mesa_sesion=x"),
            Err("HTTP/1.1 403 Forbidden".to_owned())
        );
    }
}
