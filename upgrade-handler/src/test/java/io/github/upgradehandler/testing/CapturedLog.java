package io.github.upgradehandler.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what the library logs, so that failures that a test wants do not look like others. */
public final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.github.upgradehandler");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public CapturedLog() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
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

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
