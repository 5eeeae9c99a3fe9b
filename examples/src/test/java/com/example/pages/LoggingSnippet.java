package com.example.pages;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page has put into the configuration of a logging library or of a container. */
final class LoggingSnippet {

  private static final Pattern LIBERTY =
      Pattern.compile("<logging traceSpecification=\"([\\w.]+)=(?:fine|finer|finest|all)\"/>");
  private static final String LEVEL = ".level";

  private LoggingSnippet() {}

  static boolean isOne(Snippet snippet) {
    return snippet.language().equals("properties")
        || snippet.text().startsWith("<logger ")
        || snippet.text().startsWith("<logging ");
  }

  /**
   * The loggers whose level it sets.
   *
   * @throws RuntimeException if it cannot be read as what it is
   */
  static List<String> loggers(Snippet snippet) throws IOException, JoranException {
    if (snippet.language().equals("properties")) {
      return ofJavaUtilLogging(snippet.text());
    }
    return snippet.text().startsWith("<logger ")
        ? ofLogback(snippet.text())
        : ofLiberty(snippet.text());
  }

  private static List<String> ofJavaUtilLogging(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    List<String> loggers = new ArrayList<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.endsWith(LEVEL)) {
        Level.parse(properties.getProperty(key));
        if (!key.endsWith("Handler" + LEVEL)) {
          loggers.add(key.substring(0, key.length() - LEVEL.length()));
        }
      }
    }
    return loggers;
  }

  private static List<String> ofLogback(String text) throws JoranException {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String configuration = "<configuration>" + text + "</configuration>";
    configurator.doConfigure(
        new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
    return context.getLoggerList().stream()
        .filter(
            logger ->
                logger.getLevel() != null && !logger.getName().equals(Logger.ROOT_LOGGER_NAME))
        .map(Logger::getName)
        .toList();
  }

  private static List<String> ofLiberty(String text) {
    Matcher matcher = LIBERTY.matcher(text.strip());
    return matcher.matches() ? List.of(matcher.group(1)) : List.of();
  }
}
