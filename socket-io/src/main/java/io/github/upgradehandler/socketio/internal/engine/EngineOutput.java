package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How packets leave a session: over the WebSocket if there is one, else with the next poll. Its
 * lock is the session's. What is to be done without it is returned as a task.
 */
final class EngineOutput {

  private static final EnginePacket NOOP = EnginePacket.of(EnginePacketType.NOOP);
  private static final EnginePacket CLOSE = EnginePacket.of(EnginePacketType.CLOSE);

  /** As long as Engine.IO for Node.js waits for the poll that is told of the end. */
  private static final Duration LAST_POLL = Duration.ofSeconds(30);

  private static final Duration UPGRADE_CHECK = Duration.ofMillis(100);

  private final EngineSession session;
  private final SocketIoConfig config;
  private final EngineWork work;
  private final Runnable forget;
  private List<EnginePacket> waiting = new ArrayList<>();
  private long waitingBytes;
  private @Nullable Poll poll;
  private @Nullable WebSocket socket;
  private @Nullable WebSocket probing;
  private boolean probed; // the probe is answered
  private boolean polledSince; // the poll that waits has come after that
  private @Nullable List<EnginePacket> lastWords;

  EngineOutput(EngineSession session, SocketIoConfig config, EngineWork work, Runnable forget) {
    this.session = session;
    this.config = config;
    this.work = work;
    this.forget = forget;
  }

  synchronized boolean isPolling() {
    return socket == null;
  }

  synchronized boolean isCarriedBy(WebSocket candidate) {
    return socket == candidate;
  }

  boolean send(List<EnginePacket> group) {
    Runnable task;
    synchronized (this) {
      if (session.isClosed()) {
        return false;
      }
      task = add(group);
    }
    task.run();
    return true;
  }

  boolean sendIfWritable(List<EnginePacket> group) {
    Runnable task;
    synchronized (this) {
      boolean writable = socket == null ? poll != null : socket.bufferedBytes() == 0;
      if (session.isClosed() || !writable) {
        return false;
      }
      task = add(group);
    }
    task.run();
    return true;
  }

  private Runnable add(List<EnginePacket> group) {
    if (socket != null) {
      SendResult result =
          group.size() == 1
              ? socket.send(group.get(0).message(session.protocol()))
              : socket.sendAll(messages(group));
      return result == SendResult.OVERFLOW ? this::tooSlow : EngineOutput::nothing;
    }
    boolean first = waiting.isEmpty();
    waiting.addAll(group);
    group.forEach(packet -> waitingBytes += packet.weight());
    if (!first && waitingBytes > config.limits().maxWaitingBytes()) {
      return this::tooSlow;
    }
    return flush();
  }

  private void tooSlow() {
    session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
  }

  /** Gives the poll that waits what waits for it. */
  private Runnable flush() {
    Poll answered = poll;
    if (answered == null || waiting.isEmpty()) {
      return EngineOutput::nothing;
    }
    poll = null;
    List<EnginePacket> packets = take();
    return () -> answered.answer(packets);
  }

  private List<EnginePacket> take() {
    List<EnginePacket> packets = waiting;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    return packets;
  }

  /** What became of a poll. */
  enum Polled {
    /** It is answered, or waits. */
    TAKEN,
    /** The session is unknown. */
    UNKNOWN,
    /** The session has a WebSocket. */
    REFUSED,
    /** Another one waited: the session is over. */
    OVERLAP
  }

  Polled poll(Poll next) {
    List<EnginePacket> packets;
    boolean last = false;
    synchronized (this) {
      packets = lastWords;
      if (packets != null) {
        lastWords = null;
        last = true;
      } else if (session.isClosed()) {
        return Polled.UNKNOWN;
      } else if (socket != null) {
        return Polled.REFUSED;
      } else if (poll == null && waiting.isEmpty()) {
        next.await();
        poll = next;
        polledSince = probed;
        return Polled.TAKEN;
      } else if (poll == null) {
        packets = take();
      }
    }
    if (packets == null) { // another one waits
      session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
      return Polled.OVERLAP;
    }
    next.answer(packets);
    if (last) {
      forget.run();
    }
    return Polled.TAKEN;
  }

  /** A session that begins with a WebSocket. */
  synchronized void open(WebSocket opened) {
    socket = opened;
    if (session.isClosed()) {
      opened.close(CloseStatus.NORMAL);
    }
  }

  /** A client that polls tries a WebSocket. False if there is one, or the session is over. */
  boolean probe(WebSocket candidate) {
    synchronized (this) {
      if (session.isClosed() || socket != null || probing != null) {
        return false;
      }
      probing = candidate;
    }
    work.later(config.upgradeTimeout(), () -> giveUp(candidate));
    return true;
  }

  /** The probe is answered: from now on the client's polls are ended, so that it can change. */
  void probed(WebSocket candidate) {
    synchronized (this) {
      probed = probing == candidate;
    }
    work.later(UPGRADE_CHECK, () -> endPoll(candidate));
  }

  /** Again and again, since the client may poll once more. */
  private void endPoll(WebSocket candidate) {
    Runnable task = EngineOutput::nothing;
    synchronized (this) {
      if (probing != candidate || session.isClosed()) {
        return;
      }
      if (poll != null) {
        waiting.add(NOOP);
        task = flush();
      }
    }
    work.later(UPGRADE_CHECK, () -> endPoll(candidate));
    task.run();
  }

  /** The client goes on with the WebSocket, which gets what waits. */
  boolean upgrade(WebSocket candidate) {
    Runnable task;
    synchronized (this) {
      if (probing != candidate || session.isClosed()) {
        return false;
      }
      probing = null;
      Poll answered = poll;
      poll = null;
      task = answered == null ? EngineOutput::nothing : ended(answered);
      socket = candidate;
      List<EnginePacket> packets = take();
      if (!packets.isEmpty()) {
        candidate.sendAll(messages(packets));
      }
    }
    task.run();
    return true;
  }

  /**
   * The end of a poll that waits when the client has changed. One that has come after the answer to
   * the probe was sent after the change, and has overtaken it on the other connection.
   */
  private Runnable ended(Poll answered) {
    return polledSince ? answered::refuse : () -> answered.answer(List.of(NOOP));
  }

  /** The WebSocket that was tried is not the client's any more; its polls are. */
  void giveUp(WebSocket candidate) {
    synchronized (this) {
      if (probing != candidate) {
        return;
      }
      probing = null;
      probed = false;
    }
    candidate.close(CloseStatus.NORMAL);
  }

  /** The session is over; with the lock. Gives what is to be done without it. */
  Runnable end(DisconnectReason reason, Ending ending) {
    List<Runnable> tasks = new ArrayList<>();
    WebSocket tried = probing;
    WebSocket used = socket;
    probing = null;
    if (tried != null) {
      tasks.add(() -> tried.close(CloseStatus.NORMAL));
    }
    if (used != null && reason != DisconnectReason.SERVER_SHUTTING_DOWN) {
      // At shutdown the door closes it, with the status that is configured.
      tasks.add(() -> used.close(CloseStatus.NORMAL));
    }
    Poll answered = poll;
    poll = null;
    if (answered != null) {
      EnginePacket last = ending == Ending.BY_CLIENT ? NOOP : CLOSE;
      tasks.add(() -> answered.answer(List.of(last)));
    }
    if (used == null && answered == null && ending != Ending.AT_ONCE) {
      lastWords = lastWords(ending);
      work.later(LAST_POLL, forget);
    } else {
      tasks.add(forget);
    }
    waiting = new ArrayList<>();
    return () -> tasks.forEach(Runnable::run);
  }

  private List<EnginePacket> lastWords(Ending ending) {
    if (ending == Ending.BY_CLIENT) {
      return List.of(NOOP);
    }
    List<EnginePacket> words = waiting.isEmpty() ? new ArrayList<>(List.of(NOOP)) : take();
    words.add(CLOSE);
    return words;
  }

  private static void nothing() {}

  private List<PreparedMessage> messages(List<EnginePacket> packets) {
    return packets.stream().map(packet -> packet.message(session.protocol())).toList();
  }
}
