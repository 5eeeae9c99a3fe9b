package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The options of a servlet, as its init-params say them. */
final class InitParams {

  private InitParams() {}

  /**
   * Reads them.
   *
   * @param option takes the name and the text of each
   * @param read makes of all of them what is wanted
   * @throws ServletException if one is unknown or malformed; names the servlet and the option. It
   *     has no cause, since containers show the innermost one
   */
  static <T> T read(ServletConfig servlet, BiConsumer<String, String> option, Supplier<T> read)
      throws ServletException {
    try {
      for (String name : Collections.list(servlet.getInitParameterNames())) {
        option.accept(name, servlet.getInitParameter(name));
      }
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new ServletException("servlet '" + servlet.getServletName() + "': " + e.getMessage());
    }
  }
}
