package io.github.upgradehandler.redis;

/** What is there when Redis is killed. */
enum Kept {
  /** All that it has acknowledged: nobody may be told that something is lost. */
  ALL("--appendonly", "yes", "--appendfsync", "always"),
  /** What it had when it was told to save. */
  SAVED("--save", "3600 1000000"),
  /** What its replica has, which Sentinel puts in its place. */
  COPIED("--appendonly", "yes");

  final String[] options;

  Kept(String... options) {
    this.options = options;
  }
}
