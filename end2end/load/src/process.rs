//! Resources used by the server's process, from Linux's /proc.

use std::fs;
use std::net::SocketAddr;

/// A running process.
#[derive(Clone, Copy, Debug)]
pub struct Process(u32);

impl Process {
    /// A process by its id, if there is one.
    pub fn by_id(pid: u32) -> Option<Self> {
        Self(pid).clock_ticks().map(|_| Self(pid))
    }

    /// The process that listens at an address.
    pub fn listening(address: SocketAddr) -> Option<Self> {
        let inodes: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
            .into_iter()
            .filter_map(|table| fs::read_to_string(table).ok())
            .flat_map(|table| {
                table.lines().filter_map(|line| listener(line, address.port())).collect::<Vec<_>>()
            })
            .map(|inode| format!("socket:[{inode}]"))
            .collect();
        let pids = fs::read_dir("/proc")
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        pids.map(Self).find(|process| process.holds(&inodes))
    }

    fn holds(self, inodes: &[String]) -> bool {
        let Ok(files) = fs::read_dir(format!("/proc/{}/fd", self.0)) else { return false };
        let mut targets = files.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
        targets.any(|target| inodes.iter().any(|inode| target.as_os_str() == inode.as_str()))
    }

    /// CPU time so far, in hundredths of a second.
    pub fn clock_ticks(self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0)).ok()?;
        // The name may contain spaces; what follows it doesn't. User time is the 12th field after
        // it, system time the 13th.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system): (u64, u64) =
            (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(user + system)
    }

    /// Memory in use, in KiB.
    pub fn resident_kib(self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .split_whitespace()
            .next()?
            .parse()
            .ok()
    }
}

/// The inode of a listening socket at this port.
fn listener(line: &str, port: u16) -> Option<u64> {
    let fields: Vec<_> = line.split_whitespace().collect();
    let (_, listens_at) = fields.get(1)?.rsplit_once(':')?;
    let is_it = u16::from_str_radix(listens_at, 16) == Ok(port) && *fields.get(3)? == "0A";
    is_it.then(|| fields.get(9)?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listening_process_is_found_and_measured() {
        let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let process =
            Process::listening(socket.local_addr().expect("bound")).expect("this process listens");
        assert_eq!(process.0, std::process::id());
        assert!(process.resident_kib().is_some_and(|kib| kib > 100));
        assert!(process.clock_ticks().is_some());
    }
}
