package io.github.upgradehandler.runner.autobahn;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;

/** The number of a case, ordered so that 7.9.1 comes before 7.13.1. */
record CaseId(List<Integer> parts) implements Comparable<CaseId> {

  static CaseId parse(String text) {
    return new CaseId(Arrays.stream(text.split("\\.", -1)).map(Integer::valueOf).toList());
  }

  int group() {
    return parts.get(0);
  }

  @Override
  public int compareTo(CaseId other) {
    return Arrays.compare(numbers(), other.numbers());
  }

  private int[] numbers() {
    return parts.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return parts.stream().map(String::valueOf).collect(joining("."));
  }
}
