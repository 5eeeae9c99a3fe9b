package com.example.spring;

import org.springframework.stereotype.Component;

/** Something that a handler is given. */
@Component
class Greeting {

  String text() {
    return "welcome";
  }
}
