/* command_secrets.h - passwords in commands as they stand in histories of shells, scripts and
 * manuals of a house: `curl -u user:password`, `mysql -pPASSWORD`, `sshpass -p PASSWORD`. */
#ifndef YINMA_PATTERNS_COMMAND_SECRETS_H
#define YINMA_PATTERNS_COMMAND_SECRETS_H

#include "core/bytes.h"

/* Words with which such commands begin. */
#define COMMAND_WORDS                                                                              \
    "curl ", "mysql ", "mysqldump ", "mysqladmin ", "mysqlimport ", "mariadb ", "mariadb-dump ",   \
        "sshpass ", "sqlcmd ", "bcp ", "sqlplus ", "redis-cli ", "mongo ", "mongosh ",             \
        "mongodump ", "mongorestore ", "mongoexport ", "mongoimport ", "docker login ",            \
        "smbclient ", "ldapsearch ", "net use ", "lftp ", "zip ", "unzip ", "chpasswd",            \
        "htpasswd ", "mosquitto_passwd "

/* Where the password of the command stands whose word begins at ANCHOR of TEXT; false: there is
 * none. What it is (a variable, a placeholder) is not judged. */
bool command_secret_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

#endif
