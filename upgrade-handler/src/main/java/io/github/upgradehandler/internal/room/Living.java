package io.github.upgradehandler.internal.room;

import java.util.Set;

/**
 * Which nodes live, as one of them knows it.
 *
 * @param own the name of that node; empty until its lease runs
 * @param nodes whose lease runs
 * @param question the number of the question to the engine that this is the answer to
 * @param grace whether nobody is to be taken for gone: leases may have ended for no fault of the
 *     nodes
 * @param current whether the engine answers
 */
public record Living(String own, Set<String> nodes, long question, boolean grace, boolean current) {

  boolean saysTheSame(Living other) {
    return own.equals(other.own)
        && nodes.equals(other.nodes)
        && grace == other.grace
        && current == other.current;
  }
}
