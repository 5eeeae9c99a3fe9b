"""Runs the fuzzing client (Jython 2.7): fuzzing_client.py SPEC.json SECONDS"""

import json
import sys

from autobahn.websocket import WebSocketClientProtocol
from autobahntestsuite import fuzzing
from patience import be_patient
from twisted.internet import reactor

# Far above what a server may allow itself to wait for the other side: here the suite has no limit,
# and ours must not turn a verdict of the suite.
LINGERING_SECONDS = 30


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
