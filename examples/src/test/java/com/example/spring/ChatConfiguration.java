package com.example.spring;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.servlet.WebSocketServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

  @Bean
  ServletRegistrationBean<WebSocketServlet> chat(ChatHandler handler) {
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(1_048_576).build();
    ServletRegistrationBean<WebSocketServlet> registration =
        new ServletRegistrationBean<>(new WebSocketServlet(config, handshake -> handler), "/chat");
    registration.setLoadOnStartup(1);
    return registration;
  }
}
