package io.github.upgradehandler.internal.room;

import java.security.SecureRandom;

/**
 * Under which the lease of a node runs: it takes another where a lease has ended.
 *
 * @param process names the node as long as it lives; no other node ever has it
 * @param lease which of its leases, from 1
 */
public record NodeName(String process, int lease) {

  /** A name for a node, of letters and digits, that no other ever had. */
  public static String newProcess() {
    return Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
  }

  static NodeName parse(String name) {
    int dot = name.lastIndexOf('.');
    return new NodeName(name.substring(0, dot), Integer.parseInt(name.substring(dot + 1)));
  }

  NodeName next() {
    return new NodeName(process, lease + 1);
  }

  @Override
  public String toString() {
    return process + "." + lease;
  }
}
