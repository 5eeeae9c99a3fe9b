package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Targets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whom something is for, as nodes tell each other. */
final class WireTargets {

  /** Nodes that follow the log get it there; those of Node.js pass over a flag of ours. */
  static final String LOGGED = "logged";

  private WireTargets() {}

  static ObjectNode write(Targets targets) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.set("rooms", names(targets.rooms()));
    options.set("except", names(targets.except()));
    ObjectNode flags = options.putObject("flags");
    if (targets.volatileOnly()) {
      flags.put("volatile", true);
    }
    if (!targets.compress()) {
      flags.put("compress", false);
    }
    return options;
  }

  /** Whom of this node it is for. */
  static Targets read(JsonNode options) {
    return new Targets(
        names(options.path("rooms")),
        names(options.path("except")),
        options.path("flags").path("volatile").asBoolean(),
        true,
        options.path("flags").path("compress").asBoolean(true));
  }

  static ArrayNode names(Set<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(names.size());
    names.forEach(array::add);
    return array;
  }

  /** In Node.js rooms may be numbers. */
  static Set<String> names(JsonNode array) {
    Set<String> names = new LinkedHashSet<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }
}
