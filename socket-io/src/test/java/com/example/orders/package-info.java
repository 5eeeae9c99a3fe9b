/** What an application of netty-socketio becomes. */
package com.example.orders;
