package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Whose witnesses are attached to the room's log itself. */
final class MembersNode implements SimulatedNode, LogAudience, Engine.Listener {

  private final SimulatedEngine engine;
  private final RoomLog log;
  private final Outbox outbox;
  private final Map<Witness, Place> places = new HashMap<>();
  private final Set<Witness> attached = new HashSet<>();

  MembersNode(int number, SimulatedEngine engine, VirtualTime time) {
    this.engine = engine;
    this.log =
        new RoomLog("room", engine, new Lane("the room"), RoomLogSimulationTest.LIMITS, this);
    this.outbox =
        new Outbox(
            "n" + number,
            "room",
            engine,
            time::now,
            Retention.DEFAULTS,
            new LogTally(new Holding(Duration.ofSeconds(2), 100_000)),
            new AtomicLong()::incrementAndGet);
    engine.start(this);
  }

  @Override
  public SimulatedEngine engine() {
    return engine;
  }

  @Override
  public CompletionStage<Published> publish(String value) {
    return outbox.publish("", PreparedMessage.text(value));
  }

  @Override
  public void come(Witness one) {
    Place place = new Place(one);
    places.put(one, place);
    log.attach(one.last(), place);
  }

  @Override
  public void leave(Witness one) {
    attached.remove(one);
    log.detach(places.remove(one), () -> {});
  }

  @Override
  public void entry(Position position, Entry entry) {
    attached.forEach(one -> one.entry(position, entry));
  }

  @Override
  public void lost(Lost lost) {
    attached.forEach(one -> one.lost(lost));
  }

  @Override
  public void pushed(String room, Position position, Entry entry) {
    log.pushed(position, entry);
  }

  @Override
  public void check(String room) {
    log.audit();
  }

  @Override
  public void away() {
    log.away();
  }

  @Override
  public void back() {
    log.back();
  }

  /** One that has come. */
  private final class Place implements LogAudience.Newcomer {

    private final Witness one;

    Place(Witness one) {
      this.one = one;
    }

    @Override
    public void entry(Position position, Entry entry) {
      one.entry(position, entry);
    }

    @Override
    public void lost(Lost lost) {
      one.lost(lost);
    }

    @Override
    public void attached(Position position) {
      one.attached(position);
      attached.add(one);
    }
  }
}
