package io.github.upgradehandler;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path with names in it, such as {@code /rooms/{room}}, for {@link Handshake#pathInfo}. A name
 * stands for one whole segment, which is not empty. Immutable.
 */
public final class PathTemplate {

  private static final Pattern NAME = Pattern.compile("\\{[A-Za-z][A-Za-z0-9_]*}");
  private static final Pattern BRACE = Pattern.compile("[{}]");

  private final String template;
  private final List<String> segments;

  private PathTemplate(String template, List<String> segments) {
    this.template = template;
    this.segments = segments;
  }

  /**
   * A template.
   *
   * @throws IllegalArgumentException if it does not begin with a slash, or a name is malformed or
   *     occurs twice
   */
  public static PathTemplate of(String template) {
    if (!template.startsWith("/")) {
      throw new IllegalArgumentException("template '" + template + "' does not begin with /");
    }
    List<String> segments = segments(template);
    Set<String> names = new HashSet<>();
    for (String segment : segments) {
      if (BRACE.matcher(segment).find()
          && (!NAME.matcher(segment).matches() || !names.add(segment))) {
        throw new IllegalArgumentException(
            "template '" + template + "': '" + segment + "' is malformed or there twice");
      }
    }
    return new PathTemplate(template, segments);
  }

  /**
   * The values of the names.
   *
   * @param path decoded, such as {@link Handshake#pathInfo}
   * @return empty if the path does not match
   */
  public Optional<Map<String, String>> match(String path) {
    List<String> given = segments(path);
    if (given.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String value = given.get(i);
      String segment = segments.get(i);
      if (segment.startsWith("{") && !value.isEmpty()) {
        values.put(segment.substring(1, segment.length() - 1), value);
      } else if (!segment.equals(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  @Override
  public String toString() {
    return template;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }
}
