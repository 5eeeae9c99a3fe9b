package io.github.upgradehandler.testing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes what the library logs, so that failures that a test wants do not look like others. */
public final class CapturedLog extends Handler implements AutoCloseable {

  private static final Pattern LEFT_OUT = Pattern.compile(".*: (\\d+) more .* have a line");

  private final Logger logger;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public CapturedLog() {
    this("io.github.upgradehandler");
    logger.setUseParentHandlers(false);
  }

  /** What Tomcat logs, which goes nowhere else. */
  public static CapturedLog ofTomcat() {
    CapturedLog captured = new CapturedLog("org.apache");
    captured.logger.setUseParentHandlers(false);
    return captured;
  }

  private CapturedLog(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
  }

  /** What Undertow and Tomcat log, too; it still goes where it went. */
  public static CapturedLog ofAll() {
    return new CapturedLog("");
  }

  /** The messages so far that tell of something wrong. */
  public List<String> warnings() {
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
        .map(record -> record.getLoggerName() + ": " + record.getMessage())
        .toList();
  }

  /** Takes what is for looking closely, too. */
  public CapturedLog detailed() {
    logger.setLevel(Level.FINE);
    return this;
  }

  /** The lines so far, as {@code INFO ended: servlet 'chat': ...}. */
  public List<String> lines() {
    return records.stream()
        .map(record -> record.getLevel() + " " + kind(record) + ": " + record.getMessage())
        .toList();
  }

  private String kind(LogRecord record) {
    return record.getLoggerName().replace(logger.getName() + ".", "");
  }

  /** What was thrown, of those lines that have it. */
  public List<Throwable> thrown() {
    return records.stream().map(LogRecord::getThrown).filter(Objects::nonNull).toList();
  }

  /** How many lines there would be, had none been left out. */
  public long total() {
    long total = 0;
    for (LogRecord record : records) {
      Matcher leftOut = LEFT_OUT.matcher(record.getMessage());
      total += leftOut.matches() ? Long.parseLong(leftOut.group(1)) : 1;
    }
    return total;
  }

  /** The messages so far, each with the message of what was thrown. */
  public List<String> messages() {
    return records.stream()
        .map(
            record ->
                record.getMessage()
                    + (record.getThrown() == null ? "" : ": " + record.getThrown().getMessage()))
        .toList();
  }

  /** The messages so far of the innermost causes of what was thrown. */
  public List<String> innermost() {
    return records.stream()
        .map(LogRecord::getThrown)
        .filter(Objects::nonNull)
        .map(Innermost::of)
        .map(Throwable::getMessage)
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
    logger.setUseParentHandlers(true);
  }
}
