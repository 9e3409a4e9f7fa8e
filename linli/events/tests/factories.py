"""A classifier that knows three words, for tests that do not ask how well reports are recognised."""

from linli.events import slots


class ThreeWords(slots.Classifier):
    code = "default"
    label = "three words"
    version = "three-words-1"
    threshold = 0.8
    known = (("楼道灯", "T-01"), ("垃圾", "T-02"), ("燃气", "T-03"))

    def propose(self, text):
        found = [code for word, code in self.known if word in text]
        if not found:
            return tuple(slots.Candidate(code, 0.3) for _word, code in self.known)
        rest = [code for _word, code in self.known if code not in found]
        return (slots.Candidate(found[0], 0.95), *(slots.Candidate(code, 0.02) for code in rest[:2]))
