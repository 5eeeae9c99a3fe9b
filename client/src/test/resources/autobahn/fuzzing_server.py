"""Runs the fuzzing server until it is ended (Jython 2.7): fuzzing_server.py SPEC.json"""

import json
import sys

from autobahn.websocket import listenWS
from autobahntestsuite import fuzzing
from patience import be_patient
from twisted.internet import reactor

be_patient(fuzzing.FuzzingProtocol)
with open(sys.argv[1]) as spec_file:
    listenWS(fuzzing.FuzzingServerFactory(json.load(spec_file)))
reactor.run()
