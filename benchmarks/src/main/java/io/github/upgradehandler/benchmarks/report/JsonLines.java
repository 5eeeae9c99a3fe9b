package io.github.upgradehandler.benchmarks.report;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Files of one measurement a line, as JSON. */
public final class JsonLines {

  private static final Gson GSON = new Gson();

  private JsonLines() {}

  /** Adds a line to a file, which is made if it is not there, and shows it. */
  public static void add(Path file, Object measurement) throws IOException {
    String json = GSON.toJson(measurement);
    Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.println(json);
  }

  static <T> List<T> read(Path file, Class<T> type) throws IOException {
    return Files.readAllLines(file).stream().map(line -> GSON.fromJson(line, type)).toList();
  }
}
