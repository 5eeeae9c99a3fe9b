package com.example.spring;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class ChatApplication {}
