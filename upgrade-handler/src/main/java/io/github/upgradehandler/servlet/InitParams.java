package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The init-params of a servlet.
 *
 * @param servlet its name
 * @param values by their names
 */
record InitParams(String servlet, Map<String, String> values) {

  /** Those that a servlet is initialized with. */
  static InitParams of(ServletConfig servlet) {
    Map<String, String> values = new TreeMap<>();
    for (String name : Collections.list(servlet.getInitParameterNames())) {
      values.put(name, servlet.getInitParameter(name));
    }
    return new InitParams(servlet.getServletName(), values);
  }

  /** Those that a servlet will be initialized with. */
  static InitParams of(ServletRegistration servlet) {
    return new InitParams(servlet.getName(), new TreeMap<>(servlet.getInitParameters()));
  }

  /**
   * Reads them as options, in the order of their names.
   *
   * @param option takes the name and the text of each
   * @param read makes of all of them what is wanted
   * @throws ServletException if one is unknown or malformed; names the servlet and the option. It
   *     has no cause, since containers show the innermost one
   */
  <T> T read(BiConsumer<String, String> option, Supplier<T> read) throws ServletException {
    try {
      values.forEach(option);
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new ServletException("servlet '" + servlet + "': " + e.getMessage());
    }
  }
}
