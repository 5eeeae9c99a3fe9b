"""Runs the fuzzing client (Jython 2.7): fuzzing_client.py SPEC.json SECONDS"""

import json
import sys

from autobahn.websocket import WebSocketClientProtocol
from autobahntestsuite import fuzzing
from twisted.internet import reactor

# The suite gives many answers only half a second or one. A busy machine can take longer, and then a
# good server would fail a case now and then. Whoever answers in time does not wait any longer.
PATIENCE = 10

# Far above what a server may allow itself to wait for the other side: here the suite has no limit,
# and ours must not turn a verdict of the suite.
LINGERING_SECONDS = 30


def be_patient(suite):
    kill_after = suite.killAfter.im_func
    close_after = suite.closeAfter.im_func

    def patient_kill_after(self, delay):
        kill_after(self, delay * PATIENCE)

    def patient_close_after(self, delay):
        # A case that expects no answer at all always waits to the end.
        awaits_answer = self.runCase.expected.get("OK")
        close_after(self, delay * PATIENCE if awaits_answer else delay)

    suite.killAfter = patient_kill_after
    suite.closeAfter = patient_close_after


def drop_lingering_connections(client):
    """Otherwise the suite waits for ever for a server that closes but keeps the connection."""
    send_close_frame = client.sendCloseFrame.im_func

    def send_close_frame_and_wait(self, code=None, reasonUtf8=None, isReply=False):
        send_close_frame(self, code, reasonUtf8, isReply)
        if isReply and self.serverConnectionDropTimeoutCall is None:
            self.serverConnectionDropTimeoutCall = reactor.callLater(
                LINGERING_SECONDS, self.onServerConnectionDropTimeout)

    client.sendCloseFrame = send_close_frame_and_wait


def run(spec, limit):
    be_patient(fuzzing.FuzzingProtocol)
    drop_lingering_connections(WebSocketClientProtocol)
    factory = fuzzing.FuzzingClientFactory(spec)

    def give_up():
        print "Gave up after %d seconds" % limit
        factory.createReports()
        reactor.stop()

    reactor.callLater(limit, give_up)
    reactor.run()


with open(sys.argv[1]) as spec_file:
    run(json.load(spec_file), int(sys.argv[2]))
