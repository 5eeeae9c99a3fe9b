package io.github.upgradehandler.benchmarks.client;

import io.github.upgradehandler.benchmarks.server.LiveHeap;
import io.github.upgradehandler.benchmarks.server.Supervision;
import java.net.URI;
import java.util.Map;

/** A process of one client library: arguments are the library, the row and the server's address. */
final class ClientMain {

  private static final int CONNECTIONS_BEFORE_IDLE = 64;

  private ClientMain() {}

  public static void main(String[] arguments) throws Exception {
    ClientRow row = ClientRow.valueOf(arguments[1]);
    Exchange exchange =
        new Exchange(row, ClientLibrary.valueOf(arguments[0]).client(), URI.create(arguments[2]));
    if (row.load() == ClientRow.Load.IDLE) {
      exchange.open(CONNECTIONS_BEFORE_IDLE); // what they leave behind is not the later ones'
    }
    Supervision.answer(
        Map.of(
            "open",
            () -> {
              exchange.open(row.connections());
              return (long) row.connections();
            },
            "done",
            exchange::done,
            "heap",
            LiveHeap::bytes,
            "threads",
            () -> (long) Thread.getAllStackTraces().size()));
  }
}
