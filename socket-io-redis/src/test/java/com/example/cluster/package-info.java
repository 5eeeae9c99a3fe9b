/** What the documentation shows of several nodes. */
package com.example.cluster;
