//! The protocol of a live connection, whatever its transport (a socket, or requests and an event
//! stream): a hello, a welcome, then answers and frames out and commands in.

use std::time::Duration;

use bytes::Bytes;
use domain::{Audience, MesaId, StreamId, Viewer};
use store::{OpenSession, Store, StoreError};
use sync::wire::{
    Answer, ClientFrame, Continuity, Hello, HelloRefusal, History, MARK_LIMIT, PENDING_LIMIT,
    Position, Resume, ServerFrame, VERSIONS, Welcome, decode, encode,
};
use tokio::sync::{broadcast, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::app_state::Unexpected;
use crate::clock;
use crate::lasting::{Uses, began};
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::room::{self, Coming, Heard, Issuer, Joined, Request, RoomHandle};

/// Answers that may wait for a device to fetch them.
const ANSWER_QUEUE: usize = 1_024;

/// Whose connection it is.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The mesa that it shows.
    pub mesa: MesaId,
    /// Who is signed in there; none: the public.
    pub signed_in: Option<OpenSession>,
    /// How often it may send something.
    pub limits: Limits,
    /// When sessions were used, and how long they last.
    pub uses: Uses,
}

impl Visitor {
    fn viewer(&self) -> Viewer {
        let number = self.mesa.number;
        self.signed_in.as_ref().map_or(Viewer::Public, |signed_in| {
            Viewer::new(signed_in.grant.role_at(number), number)
        })
    }

    /// When its session has lasted as long as it may, whatever is still sent; none for the public.
    fn ends(&self) -> Option<Instant> {
        let session = self.signed_in.as_ref()?;
        let audience = Audience::of(session.grant.role);
        let ends = began(session)?.saturating_add(self.uses.lasting().in_all(audience));
        let left = u64::try_from(ends.saturating_sub(clock::now())).unwrap_or(0);
        Some(Instant::now() + Duration::from_millis(left))
    }
}

/// Why a connection ends: the close code of a socket, the last event of an event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The server restarts, or the room was restarted.
    Restart,
    /// The device doesn't fetch what is sent to it.
    Slow,
    /// Nobody is signed in.
    SignIn,
    /// The device sent something that isn't a frame.
    Malformed,
}

impl End {
    /// The close code.
    pub fn code(self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::Slow => 4000,
            Self::SignIn => 4001,
            Self::Malformed => 4002,
        }
    }

    /// The reason in a socket's close frame.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Slow => "slow",
            Self::SignIn => "not signed in",
            Self::Malformed => "malformed",
        }
    }
}

/// Why a hello gets no welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWelcome {
    /// The hello is refused; the device is told.
    Refused(HelloRefusal),
    /// The room or the store can't be reached; the device retries.
    Unavailable,
}

/// One device's conversation with a room. The room counts it as connected until
/// [`leave`](Self::leave).
pub struct Conversation {
    speaker: Speaker,
    /// None for the public: it sends nothing that is answered.
    answers: Option<mpsc::Receiver<Answer>>,
    frames: broadcast::Receiver<Bytes>,
    asides: broadcast::Receiver<Bytes>,
    cut: Option<CancellationToken>,
    /// When the session has lasted as long as it may.
    ends: Option<Instant>,
}

/// The half that receives the device's frames.
#[derive(Clone)]
pub struct Speaker {
    id: room::Connection,
    visitor: Visitor,
    room: RoomHandle,
    answer_to: Option<mpsc::Sender<Answer>>,
    heard: Heard,
}

/// What the device gets next.
pub enum Next {
    /// A frame.
    Frame(Bytes),
    /// No more frames.
    End(End),
}

/// The frame for a device that has missed too much.
pub fn resync() -> Bytes {
    encode(&ServerFrame::Resync).into()
}

/// Whether a frame begins a conversation.
pub fn is_hello(frame: &[u8]) -> bool {
    matches!(decode(frame), Ok(ClientFrame::Hello(_)))
}

/// The frame of each heartbeat.
pub fn heartbeat() -> Bytes {
    encode(&ServerFrame::Heartbeat { now: clock::now() }).into()
}

impl Conversation {
    /// Takes the first frame. The welcome has the answers that the device waits for, then what it
    /// missed; when it begins `again`, what it missed is a snapshot, because single events were too
    /// many.
    ///
    /// # Errors
    /// [`NoWelcome`].
    pub async fn begin(
        first: &[u8],
        again: bool,
        visitor: Visitor,
        room: RoomHandle,
        store: &Store,
        metrics: &Metrics,
    ) -> Result<(Self, Bytes), NoWelcome> {
        let Ok(ClientFrame::Hello(hello)) = decode::<ClientFrame>(first) else {
            return Err(NoWelcome::Refused(HelloRefusal::Malformed));
        };
        let Some(version) =
            VERSIONS.iter().copied().find(|version| hello.versions.contains(version))
        else {
            return Err(NoWelcome::Refused(HelloRefusal::Version));
        };
        if (hello.stream, hello.mesa) != (visitor.mesa.exercise, visitor.mesa.number) {
            return Err(NoWelcome::Refused(HelloRefusal::Stream));
        }
        if hello.pending.len() > PENDING_LIMIT || hello.marks.len() > MARK_LIMIT {
            return Err(NoWelcome::Refused(HelloRefusal::Malformed));
        }
        let person = visitor.signed_in.as_ref().map(|signed_in| signed_in.person);
        let viewer = visitor.viewer();
        let id = room::Connection(clock::new_id());
        let pending = if person.is_some() {
            hello.pending.iter().map(|pending| pending.command).collect()
        } else {
            Vec::new()
        };
        let at = hello.at.filter(|_| !again);
        let heard = Heard::now();
        let coming = visitor.signed_in.as_ref().map(|s| Coming {
            person: s.person,
            session: s.session,
            heard: heard.clone(),
        });
        let mesa = visitor.mesa.number;
        let join =
            |reply| Request::Join { viewer, mesa, coming, at, connection: id, pending, reply };
        let Joined { at, resume, frames, asides, cut } =
            room.ask(join).await.map_err(|_| NoWelcome::Unavailable)?;
        let (answer_to, answers) = person.map(|_| mpsc::channel(ANSWER_QUEUE)).unzip();
        let ends = visitor.ends();
        let conversation = Self {
            speaker: Speaker { id, visitor, room, answer_to, heard },
            answers,
            frames,
            asides,
            cut,
            ends,
        };
        let followed = matches!(resume, Resume::Tail(_));
        metrics.welcomed(followed);
        let told = match person {
            Some(_) => conversation.tell(&hello, at, followed, store).await,
            None => Ok(Told::default()),
        };
        let Ok(Told { answers, histories, continuity }) = told else {
            conversation.leave().await;
            return Err(NoWelcome::Unavailable);
        };
        let welcome =
            Welcome { version, now: clock::now(), answers, continuity, resume, histories };
        Ok((conversation, encode(&ServerFrame::Welcome(Box::new(welcome))).into()))
    }

    async fn tell(
        &self,
        hello: &Hello,
        at: Position,
        followed: bool,
        store: &Store,
    ) -> Result<Told, Unexpected> {
        let (exercise, signed_in) =
            (self.speaker.visitor.mesa.exercise, self.speaker.visitor.signed_in.as_ref());
        let ids: Vec<_> = hello.pending.iter().map(|pending| pending.command).collect();
        let recorded =
            if ids.is_empty() { Vec::new() } else { store.answers(exercise, &ids).await? };
        let own = recorded
            .into_iter()
            .filter(|recorded| recorded.person == signed_in.map(|signed_in| signed_in.person));
        let answers = own
            .map(|own| Answer {
                command: own.command,
                outcome: crate::outcome::to_wire(own.outcome),
            })
            .collect();
        // How texts changed since the oldest of the device's own waiting patches of them.
        let mut histories: Vec<History> = Vec::new();
        let placed_from = hello.at.filter(|_| followed).map_or(0, |at| at.seq);
        let texts = || hello.pending.iter().filter_map(|pending| pending.text);
        // Only of its own mesa: it may not know what another mesa's text said before.
        let here = match texts().next() {
            Some(_) => {
                let (seen, _) = self.room().ask(|reply| Request::Look { reply }).await?;
                seen.mesa(self.speaker.visitor.mesa.number).cloned()
            }
            None => None,
        };
        let is_here = |item| here.as_ref().is_some_and(|mesa| mesa.item(item).is_some());
        for (item, field, base) in texts().filter(|(item, ..)| is_here(*item)) {
            let oldest = texts().filter(|t| (t.0, t.1) == (item, field)).map(|t| t.2).min();
            if (followed && base >= placed_from)
                || histories.iter().any(|h| h.item == item && h.field == field)
            {
                continue;
            }
            let patches = store.patches(exercise, item, field, oldest.unwrap_or(base)).await?;
            let patches = patches
                .into_iter()
                .filter(|(seq, ..)| *seq <= at.seq)
                .map(|(seq, _, patch)| (seq, patch))
                .collect();
            histories.push(History { item, field, patches });
        }
        let mut continuity = Continuity::Unbroken;
        for mark in &hello.marks {
            if !holds(store, exercise, *mark).await? {
                continuity = Continuity::MarkLost;
            }
        }
        if let Some(here) = hello.at
            && !followed
            && !holds(store, exercise, here).await?
        {
            continuity = Continuity::PositionLost;
        }
        Ok(Told { answers, histories, continuity })
    }

    /// Its room.
    pub fn room(&self) -> RoomHandle {
        self.speaker.room.clone()
    }

    /// The half that receives the device's frames.
    pub fn speaker(&self) -> Speaker {
        self.speaker.clone()
    }

    /// Waits for the next outgoing frame. Cancel-safe: no frame is lost when the future is dropped.
    pub async fn next(&mut self) -> Next {
        tokio::select! {
            biased;
            () = signed_out(self.cut.as_ref()) => Next::End(End::Restart),
            () = over(self.ends) => Next::End(End::SignIn),
            Some(answer) = received(&mut self.answers) => Next::Frame(framed(answer)),
            frame = self.frames.recv() => match frame {
                Ok(frame) => Next::Frame(frame),
                Err(broadcast::error::RecvError::Lagged(_)) => Next::End(End::Slow),
                Err(broadcast::error::RecvError::Closed) => Next::End(End::Restart),
            },
            aside = heard(&mut self.asides) => Next::Frame(aside),
        }
    }

    /// `first` and what is queued behind it, at most `limit` frames, to be written together. An
    /// answer is placed before the frame that contains its event: the room queues the answer first,
    /// so it can be fetched once the frame is seen.
    ///
    /// None when too much was missed.
    pub fn with_queued(&mut self, first: Bytes, limit: usize) -> Option<Vec<Bytes>> {
        let mut frames = Vec::new();
        while frames.len() < limit {
            match self.frames.try_recv() {
                Ok(frame) => frames.push(frame),
                Err(broadcast::error::TryRecvError::Lagged(_)) => return None,
                Err(
                    broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed,
                ) => break,
            }
        }
        let mut queued = Vec::new();
        while let Some(Ok(answer)) = self.answers.as_mut().map(mpsc::Receiver::try_recv) {
            queued.push(framed(answer));
        }
        queued.push(first);
        queued.append(&mut frames);
        Some(queued)
    }

    /// Tells the room that the connection has ended.
    pub async fn leave(self) {
        if let Some(signed_in) = &self.speaker.visitor.signed_in {
            // A room that has ended keeps no list of who is here.
            let _ = self
                .speaker
                .room
                .send(Request::Leave {
                    mesa: self.speaker.visitor.mesa.number,
                    person: signed_in.person,
                    connection: self.speaker.id,
                })
                .await;
        }
    }
}

fn framed(answer: Answer) -> Bytes {
    encode(&ServerFrame::Answer(answer)).into()
}

/// Resolves when the device has to say hello again, if it may.
async fn signed_out(cut: Option<&CancellationToken>) {
    match cut {
        Some(cut) => cut.cancelled().await,
        None => std::future::pending().await,
    }
}

/// Resolves when the session is over.
async fn over(ends: Option<Instant>) {
    match ends {
        Some(ends) => tokio::time::sleep_until(ends).await,
        None => std::future::pending().await,
    }
}

/// The next answer; never resolves for a conversation without answers.
async fn received(answers: &mut Option<mpsc::Receiver<Answer>>) -> Option<Answer> {
    answers.as_mut()?.recv().await
}

/// The next frame that isn't of the stream; missed ones are skipped. It never ends: the stream's
/// frames tell of the room's end.
async fn heard(asides: &mut broadcast::Receiver<Bytes>) -> Bytes {
    loop {
        match asides.recv().await {
            Ok(aside) => return aside,
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[derive(Default)]
struct Told {
    answers: Vec<Answer>,
    histories: Vec<History>,
    continuity: Continuity,
}

/// Whether the stream contains a position that a device saw.
async fn holds(store: &Store, exercise: StreamId, at: Position) -> Result<bool, StoreError> {
    Ok(store.hash_at(exercise, at.seq).await?.is_some_and(|hash| at.tag == hash.into()))
}

impl Speaker {
    /// Whose connection it is.
    pub fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// Notes a sign of life of the device.
    pub fn was_heard(&self) {
        if let Some(signed_in) = &self.visitor.signed_in {
            self.visitor.uses.note(signed_in.stream, signed_in.session, clock::now());
        }
        self.heard.again();
    }

    /// Hands a frame of the device to the room. Waits while the room's queue is full, or when the
    /// session sent too many.
    ///
    /// # Errors
    /// How the connection has to end.
    pub async fn receive(&self, bytes: &[u8]) -> Result<(), End> {
        let Some((signed_in, answers)) =
            self.visitor.signed_in.as_ref().zip(self.answer_to.as_ref())
        else {
            return Err(End::SignIn);
        };
        self.visitor.limits.frame(signed_in.session).await;
        let request = match decode::<ClientFrame>(bytes) {
            Ok(ClientFrame::Command(frame)) => {
                let issuer = Issuer {
                    person: signed_in.person,
                    session: signed_in.session,
                    grant: signed_in.grant,
                };
                Request::Command {
                    frame: Box::new(frame),
                    issuer,
                    connection: self.id,
                    answers: answers.clone(),
                }
            }
            Ok(ClientFrame::Writing { item, field }) => {
                Request::Writing { person: signed_in.person, item, field }
            }
            Ok(ClientFrame::Hello(_)) | Err(_) => return Err(End::Malformed),
        };
        self.room.send(request).await.map_err(|_| End::Restart)
    }
}
