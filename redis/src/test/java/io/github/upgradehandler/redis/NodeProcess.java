package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link NodeProgram} that can be killed and stopped, and what is heard of it. */
final class NodeProcess implements AutoCloseable {

  private final Process process;
  private final Thread hearing;
  private final Member member;
  private final Ledger ledger;
  private volatile String present = "";
  private volatile boolean stopped;

  private NodeProcess(Process process, Member member, Ledger ledger) {
    this.process = process;
    this.member = member;
    this.ledger = ledger;
    this.hearing = new Thread(this::hear, "hears a node");
    hearing.setDaemon(true);
    hearing.start();
  }

  /**
   * Starts one.
   *
   * @param name no one else's, also not of one before
   * @param member what its member gets is added; if it has got something it goes on from there
   * @param ledger what is answered to its publisher
   */
  static NodeProcess start(String uri, String name, String user, Member member, Ledger ledger)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(NodeProgram.class.getName(), uri, name, user));
    if (!member.received().isEmpty()) {
      command.add(position(member).toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(Path.of("target", "nodes.log").toFile()))
            .start();
    return new NodeProcess(process, member, ledger);
  }

  private static Position position(Member member) {
    return Position.parse(member.last().split(" ", 3)[1]).orElseThrow();
  }

  private void hear() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hear(String line) {
    String[] parts = line.split(" ", 3);
    switch (parts[0]) {
      case "got" -> member.send(PreparedMessage.text(line.substring("got ".length())));
      case "appended" -> {
        Position position = Position.parse(parts[1]).orElseThrow();
        ledger.answered(parts[2], new Published.Appended(position));
      }
      case "refused" -> ledger.answered(parts[2], new Published.Refused(""));
      case "there" -> present = line.substring("there ".length());
      case "stopped" -> stopped = true;
      default -> throw new AssertionError(line);
    }
  }

  /** The connections of all nodes, whether that is current, and the users, as it was told last. */
  String present() {
    return present;
  }

  /** Ends it as a power failure would; all that it has said is heard when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    hearing.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(hearing.isAlive()).isFalse();
  }

  void pause() throws IOException, InterruptedException {
    Signal.STOP.send(process);
  }

  void goOn() throws IOException, InterruptedException {
    Signal.CONT.send(process);
  }

  /** It begins to publish. */
  void publish() throws IOException {
    process.outputWriter(UTF_8).append("publish\n").flush();
  }

  /** It publishes no more, and all that it has published is answered. */
  void stopPublishing() throws IOException {
    process.outputWriter(UTF_8).append("stop\n").flush();
    Patience.until(() -> "every publish is answered", () -> stopped);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
