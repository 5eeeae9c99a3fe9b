package io.github.upgradehandler.socketio.redis;

import java.time.Duration;

/**
 * What an application can set.
 *
 * @param key what the names of all channels begin with
 * @param requestsTimeout how long other nodes have for an answer
 * @param specificResponses whether the node that asked is answered alone
 * @param nodeName names this process for people
 * @param logged whether what is sent to all also stands in a log that this node follows
 */
record Options(
    String key,
    Duration requestsTimeout,
    boolean specificResponses,
    String nodeName,
    boolean logged) {}
