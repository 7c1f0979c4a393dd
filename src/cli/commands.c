#include "cli/command.h"

const struct command *const commands[] = {
    &command_drill, &command_mock,   &command_review, &command_story, &command_due, &command_coach,
    &command_bank,  &command_config, &command_doctor, &command_help,  NULL,
};
