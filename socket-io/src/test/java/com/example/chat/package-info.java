/** What the documentation shows. */
package com.example.chat;
