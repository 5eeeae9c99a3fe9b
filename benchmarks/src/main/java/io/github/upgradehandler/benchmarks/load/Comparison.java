package io.github.upgradehandler.benchmarks.load;

/**
 * Two builds side by side, on one row and server.
 *
 * @param micros CPU time of this build's server for each message, in microseconds: of all turns
 * @param otherMicros that of the other build's
 * @param ratio this by the other, turn by turn
 */
public record Comparison(Row row, Server server, Spread micros, Spread otherMicros, Spread ratio) {

  /** The heading of a table in Markdown. */
  public static final String HEADING =
      """
      | CPU µs per message | server | other build | this build | ratio, turn by turn |
      |---|---|---|---|---|
      """;

  /** A line of that table. */
  @Override
  public String toString() {
    return String.join(
        " | ",
        "| " + row.title(),
        server.id(),
        Spread.number(otherMicros.median()),
        Spread.number(micros.median()),
        ratio + " |\n");
  }
}
