package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Streams of one room behind guards, whose places must be free again whatever happens. */
final class GuardedNews {

  final Rooms rooms = new Rooms();
  final ConnectionLimit limit = new ConnectionLimit(3);
  private final AddressLimit addresses = new AddressLimit(3);

  /** How often a guard was released, which has thrown each time. */
  final AtomicInteger released = new AtomicInteger();

  private final Guard counting =
      handshake ->
          Admission.UNCONDITIONAL.withRelease(
              () -> {
                released.incrementAndGet();
                throw new NoClassDefFoundError("as the test wants");
              });

  EventStreamServlet servlet() {
    return servlet(() -> rooms.room("news"));
  }

  /** A servlet whose room is asked for with each request. */
  EventStreamServlet servlet(Supplier<Room> room) {
    return new EventStreamServlet() {
      @Override
      protected EventStreamConfig configure() {
        return EventStreamConfig.DEFAULT.withGuards(limit, counting, addresses);
      }

      @Override
      protected Room accept(Handshake request) {
        return room.get();
      }
    };
  }

  void assertNothingIsLeft(EventStreamServlet servlet, RunningServer server) {
    Await.until("all streams to end", () -> servlet.size() == 0);
    Await.until("their places", () -> limit.open() == 0 && addresses.addresses() == 0);
    Await.until("all connections to end", () -> server.openConnections() == 0);
  }
}
