package com.example.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files that a test compiles, runs or deploys, each without white space. */
record Sources(List<String> texts) {

  /** Where a snippet leaves lines out, it has a comment with three dots alone. */
  private static final String LEFT_OUT = "(?m)^\\s*(?:// \\.\\.\\.|<!-- \\.\\.\\. -->)\\s*$";

  /**
   * Those below some directories.
   *
   * @param ending of their names
   */
  static Sources below(String ending, String... directories) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String directory : directories) {
      try (Stream<Path> files = Files.walk(Pages.REPOSITORY.resolve(directory))) {
        files
            .filter(file -> file.toString().endsWith(ending))
            .map(file -> withoutSpace(Pages.read(file)))
            .forEach(texts::add);
      }
    }
    return new Sources(texts);
  }

  /** Whether one of them has all parts of the snippet, in their order. */
  boolean contain(Snippet snippet) {
    List<String> parts =
        Stream.of(snippet.text().split(LEFT_OUT))
            .map(Sources::withoutSpace)
            .filter(part -> !part.isEmpty())
            .toList();
    return texts.stream().anyMatch(text -> holds(text, parts));
  }

  private static boolean holds(String text, List<String> parts) {
    int from = 0;
    for (String part : parts) {
      int found = text.indexOf(part, from);
      if (found < 0) {
        return false;
      }
      from = found + part.length();
    }
    return !parts.isEmpty();
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}
