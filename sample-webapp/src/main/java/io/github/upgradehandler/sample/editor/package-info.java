/** A text for several people. The browsers merge with Yjs; the server keeps and passes on. */
package io.github.upgradehandler.sample.editor;
