"""Talks to `pmprep mock --plain`: answers each prompt, up to --replies of them, then ends the input.

mock_talk.py [--replies N] [--log FILE] PROGRAM ARGS...: the transcript goes to standard output, what was answered to FILE.
Exits with the program's code."""

import os
import select
import subprocess
import sys

ANSWERS = [
    'Sellers lost a day on each refund. I decided to cut the review step, because nine of ten were approved anyway.',
    'We made it better for everybody and it was a big success.',
    'Refund time went from 9 days to 6 in eight weeks, against two unchanged regions; I turned down a larger team.',
    'I learned to ask the sellers first. The rejected option was a new queue.',
]


class Talk:
    def __init__(self):
        self.count = self.asked = self.questions = self.second = self.stories = 0

    def answer(self):
        self.count += 1
        return ANSWERS[self.count % len(ANSWERS)] + '\n.\n'

    def reply(self, said):
        last = said.rstrip(' ').rsplit('\n\n', 1)[-1]
        if last.endswith('on another day:'):
            self.questions = self.asked = 0
            return '\n'
        if 'asks for a fact' in last and not self.asked:
            self.asked = 1
            return '? how many customers are there\n'
        if last.endswith('I make an assumption)?'):
            return '1\n'
        if 'ends the interview' in last:
            self.questions += 1
            end = '' if 'in a line' in last else '.\n'
            return (end or '\n') if self.questions > 1 else 'What does a good first year look like?\n' + end
        if last.endswith('A number or a name:'):
            return 'inclined\n'
        if last.endswith('(empty keeps it):'):
            self.second += 1
            return '4\n' if self.second == 2 else '\n'
        if last.endswith('(empty: none):') and 'headline for a new one' in last:
            self.stories += 1
            return '+ Refunds in a day\n' if self.stories == 1 else '1\n'
        if last.endswith('What changed your mind?'):
            return 'No number in three answers.\n'
        if 'Your level, 1 to 5' in last:
            self.count += 1
            return '%d\n' % (2 + self.count % 3)
        if 'case against you' in last:
            return 'You said "a big success".\nOf what?\nNobody knows.\n.\n'
        if last.endswith('Numbers, as in 1 2 5 (empty: none of them):'):
            return '1 3 5\n'
        if last.endswith('when you have finished:'):
            return '\n'
        return self.answer()


def main():
    args, replies, log = sys.argv[1:], None, None
    while args[0].startswith('--'):
        if args[0] == '--replies':
            replies = int(args[1])
        else:
            log = open(args[1], 'w', encoding='utf-8')
        args = args[2:]
    child = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    talk, said, done, ended = Talk(), '', 0, False
    while True:
        if not select.select([child.stdout], [], [], 20)[0]:
            sys.stdout.write(said + '\n(a prompt without an answer)\n')
            child.kill()
            return 99
        piece = os.read(child.stdout.fileno(), 65536)
        if not piece:
            break
        said += piece.decode('utf-8', 'replace')
        if ended or not said.endswith((':\n', ': ', '? ')):
            continue
        if done == replies:
            child.stdin.close()
            ended = True
            continue
        reply = talk.reply(said.rstrip('\n'))
        done += 1
        if log:
            log.write(reply)
        try:
            child.stdin.write(reply.encode())
            child.stdin.flush()
        except BrokenPipeError:
            ended = True
    if log:
        log.close()
    sys.stdout.write(said)
    return child.wait()


sys.exit(main())
