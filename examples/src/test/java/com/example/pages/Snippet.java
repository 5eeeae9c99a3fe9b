package com.example.pages;

import java.util.List;

/**
 * A block of code on a page.
 *
 * @param page its path in the repository
 * @param language as the page says; a block that is only indented holds commands in the README, and
 *     elsewhere what a program prints
 */
record Snippet(String page, String language, String text) {

  /** As lines that say something: no blank ones, no comments of a shell. */
  List<String> commands() {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  @Override
  public String toString() {
    return page + ": " + text.lines().findFirst().orElse("");
  }
}
