package com.example.pages;

import java.util.List;

/**
 * A command that a page shows, and what runs it.
 *
 * @param command as the page has it
 * @param check a file in the repository that runs it, or what it runs
 * @param sign what stands in that file because of it
 */
record CheckedCommand(String command, String check, String sign) {

  /** Those in {@code commands.tsv}. */
  static List<CheckedCommand> all() {
    return Pages.read(Pages.REPOSITORY.resolve("examples/src/test/resources/commands.tsv"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new CheckedCommand(cells[0], cells[1], cells[2]))
        .toList();
  }

  boolean isRun() {
    return Pages.read(Pages.REPOSITORY.resolve(check)).contains(sign);
  }
}
