"""Longer waits for the Autobahn suite (Jython 2.7)."""

# The suite gives many answers only half a second or one. A busy machine can take longer, and then a
# good server would fail a case now and then. Whoever answers in time does not wait any longer.
PATIENCE = 10


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
