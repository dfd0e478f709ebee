#include "patterns/command_secrets.h"

/* How the password is written. The options are those of the manual pages of the programs. */
enum secret_form {
    APART,         /* -a PASSWORD */
    JOINED,        /* -pPASSWORD; behind a blank stands something else: the program asks for it */
    EITHER,        /* both, and -p=PASSWORD */
    AFTER_COLON,   /* -u USER:PASSWORD, -uUSER:PASSWORD */
    AFTER_PERCENT, /* -U USER%PASSWORD */
    AFTER_COMMA,   /* -u USER,PASSWORD */
    PIPED_LOGIN,   /* echo USER:PASSWORD | … */
    SQL_LOGIN,     /* USER/PASSWORD@HOST, the first word that is no option */
    AS_ARGUMENT,   /* -b FILE USER PASSWORD, -nb USER PASSWORD */
    NET_USE        /* \\HOST\SHARE PASSWORD /user:NAME or … /user:NAME PASSWORD */
};

/* COMMAND begins the words that stand in the text: "mongo" is mongosh and mongodump, too. */
struct secret_option {
    const char *command, *option;
    enum secret_form form;
};

static const struct secret_option secret_options[] = {
    {"curl", "-u", AFTER_COLON},
    {"curl", "--user", AFTER_COLON},
    {"curl", "-U", AFTER_COLON},
    {"curl", "--proxy-user", AFTER_COLON},
    {"mysql", "-p", JOINED},
    {"mariadb", "-p", JOINED},
    {"sshpass", "-p", EITHER},
    {"sqlcmd", "-P", EITHER},
    {"bcp", "-P", EITHER},
    {"redis-cli", "-a", APART},
    {"redis-cli", "--pass", APART},
    {"mongo", "-p", APART},
    {"mongo", "--password", EITHER},
    {"docker login", "-p", EITHER},
    {"docker login", "--password", EITHER},
    {"smbclient", "-U", AFTER_PERCENT},
    {"ldapsearch", "-w", EITHER},
    {"lftp", "-u", AFTER_COMMA},
    {"zip", "-P", APART},
    {"unzip", "-P", APART},
    {"chpasswd", "", PIPED_LOGIN},
    {"sqlplus", "", SQL_LOGIN},
    {"net use", "", NET_USE},
    {"htpasswd", "", AS_ARGUMENT},
    {"mosquitto_passwd", "", AS_ARGUMENT},
};

static bool ends_command(uint8_t c) {
    return c < 0x20 || strchr(";|&`)", c) != NULL;
}

/* Behind the blanks at AT; a line that ends in a backslash goes on. */
static size_t behind_blanks(struct bytes text, size_t at) {
    for (; at < text.len; at++) {
        bool goes_on = text.ptr[at] == '\\' && at + 1 < text.len && text.ptr[at + 1] == '\n';
        if (text.ptr[at] != ' ' && text.ptr[at] != '\t' && !goes_on) {
            break;
        }
        at += goes_on;
    }
    return at;
}

/* Where the word that begins at AT ends; blanks between quotes are part of it. */
static size_t word_end(struct bytes text, size_t at) {
    uint8_t quote = 0;
    for (; at < text.len && text.ptr[at] >= 0x20; at++) {
        uint8_t c = text.ptr[at];
        if (quote == 0 && (c == ' ' || ends_command(c))) {
            break;
        }
        if (c == '"' || c == '\'') {
            bool closes = memchr(text.ptr + at + 1, c, text.len - at - 1) != NULL;
            if (quote == 0 && !closes) {
                break; /* the command itself stands between quotes */
            }
            quote = quote == c ? 0 : quote == 0 ? c : quote;
        }
    }
    return at;
}

/* FROM to *end without quotes around it. */
static size_t unquoted(struct bytes text, size_t from, size_t *end) {
    bool quoted = *end >= from + 2 && (text.ptr[from] == '"' || text.ptr[from] == '\'') &&
                  text.ptr[*end - 1] == text.ptr[from];
    *end -= quoted;
    return from + quoted;
}

/* A command that is read word by word. */
struct command {
    struct bytes text;
    size_t begin, end; /* of the word */
};

static bool next_word(struct command *command) {
    command->begin = behind_blanks(command->text, command->end);
    command->end = word_end(command->text, command->begin);
    return command->end > command->begin;
}

static bool next_value(struct command *command) {
    if (!next_word(command)) {
        return false;
    }
    command->begin = unquoted(command->text, command->begin, &command->end);
    return command->end > command->begin && command->text.ptr[command->begin] != '-';
}

/* What follows SIGN in the word; the name of a user stands before it. */
static bool behind_sign(struct command *command, uint8_t sign) {
    command->begin = unquoted(command->text, command->begin, &command->end);
    const uint8_t *word = command->text.ptr + command->begin;
    const uint8_t *at = memchr(word, sign, command->end - command->begin);
    if (at == NULL || at == word) {
        return false;
    }
    command->begin += (size_t)(at - word) + 1;
    return command->end > command->begin;
}

/* The value of OPTION, which the word is or begins with. */
static bool read_option(struct command *command, const struct secret_option *option) {
    size_t length = strlen(option->option), behind = command->begin + length;
    bool whole = command->end == behind;
    bool apart = option->form != JOINED;
    if (whole && !(apart && next_value(command))) {
        return false;
    }
    if (!whole) {
        bool equals = command->text.ptr[behind] == '=';
        bool is_long = option->option[1] == '-';
        if (option->form == APART || (is_long && !equals)) {
            return false;
        }
        command->begin = unquoted(command->text, behind + equals, &command->end);
    }
    static const uint8_t signs[] = {
        [AFTER_COLON] = ':', [AFTER_PERCENT] = '%', [AFTER_COMMA] = ',', [NET_USE] = 0};
    uint8_t sign = signs[option->form];
    return command->end > command->begin && (sign == 0 || behind_sign(command, sign));
}

static bool find_option(struct command *command, const struct secret_option *option) {
    struct bytes wanted = bytes_of_string(option->option);
    while (next_word(command)) {
        struct bytes word =
            bytes_of(command->text.ptr + command->begin, command->end - command->begin);
        if (bytes_starts_with(word, wanted) && read_option(command, option)) {
            return true;
        }
    }
    return false;
}

static bool find_login(struct command *command) {
    while (next_word(command) && command->text.ptr[command->begin] == '-') {
    }
    if (command->end == command->begin || !behind_sign(command, '/')) {
        return false;
    }
    const uint8_t *host =
        memchr(command->text.ptr + command->begin, '@', command->end - command->begin);
    command->end = host == NULL ? command->end : (size_t)(host - command->text.ptr);
    return command->end > command->begin;
}

/* Of the words that are no option, drive or share. */
static bool find_share_password(struct command *command) {
    bool share = false;
    while (next_word(command)) {
        const uint8_t *word = command->text.ptr + command->begin;
        bool drive = word[command->end - command->begin - 1] == ':';
        share |= word[0] == '\\';
        if (share && word[0] != '\\' && word[0] != '/' && word[0] != '*' && !drive) {
            command->begin = unquoted(command->text, command->begin, &command->end);
            return command->end > command->begin;
        }
    }
    return false;
}

/* The last word of those that are no option; without -b the program asks for it. -C has a number.
 */
static bool find_argument(struct command *command) {
    const uint8_t *bytes = command->text.ptr;
    struct command last = *command;
    size_t names = 0;
    bool batch = false, standard = false;
    while (next_word(command) &&
           memchr(bytes + command->begin, '>', command->end - command->begin) == NULL) {
        const struct bytes word = bytes_of(bytes + command->begin, command->end - command->begin);
        const bool option = word.len > 1 && word.ptr[0] == '-';
        batch = batch || (option && memchr(word.ptr, 'b', word.len) != NULL);
        standard = standard || (option && memchr(word.ptr, 'n', word.len) != NULL);
        if (option && (word.ptr[word.len - 1] == 'C' || word.ptr[word.len - 1] == 'r')) {
            (void)next_word(command);
        } else if (!option) {
            names++;
            last = *command;
        }
    }
    command->end = last.end;
    command->begin = unquoted(last.text, last.begin, &command->end);
    return batch && names == 3U - standard && command->end > command->begin;
}

/* The word before the pipe before the command, which begins at ANCHOR. */
static bool find_piped(struct command *command, size_t anchor) {
    const uint8_t *bytes = command->text.ptr;
    size_t end = anchor;
    while (end > 0 && bytes[end - 1] >= 0x20 && bytes[end - 1] != '|') {
        end--;
    }
    if (end == 0 || bytes[end - 1] != '|') {
        return false;
    }
    end--;
    while (end > 0 && bytes[end - 1] == ' ') {
        end--;
    }
    size_t begin = end;
    while (begin > 0 && bytes[begin - 1] > 0x20) {
        begin--;
    }
    command->begin = begin;
    command->end = end;
    return end > begin && behind_sign(command, ':');
}

bool command_secret_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    for (size_t i = 0; i < sizeof secret_options / sizeof *secret_options; i++) {
        const struct secret_option *option = &secret_options[i];
        struct bytes name = bytes_of_string(option->command);
        if (!bytes_starts_with(bytes_from(text, anchor), name)) {
            continue;
        }
        size_t behind = anchor + name.len;
        while (behind < text.len && text.ptr[behind] != ' ') {
            behind++;
        }
        struct command command = {text, behind, behind};
        bool found = option->form == SQL_LOGIN     ? find_login(&command)
                     : option->form == PIPED_LOGIN ? find_piped(&command, anchor)
                     : option->form == AS_ARGUMENT ? find_argument(&command)
                     : option->form == NET_USE     ? find_share_password(&command)
                                                   : find_option(&command, option);
        if (found) {
            *begin = command.begin;
            *end = command.end;
            return true;
        }
    }
    return false;
}
