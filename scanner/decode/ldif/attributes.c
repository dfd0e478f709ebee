#include "decode/ldif/attributes.h"

/* Those of RFC 4519, RFC 4524, RFC 2798 and Active Directory. */
static const struct ldif_attribute attributes[] = {
    {"dn", "", VALUE_NAME},
    {"cn", "full name", VALUE_CALLED},
    {"commonName", "full name", VALUE_CALLED},
    {"displayName", "full name", VALUE_CALLED},
    {"gecos", "full name", VALUE_CALLED},
    {"telephoneNumber", "phone number", VALUE_PLAIN},
    {"homePhone", "phone number", VALUE_PLAIN},
    {"homeTelephoneNumber", "phone number", VALUE_PLAIN},
    {"facsimileTelephoneNumber", "phone number", VALUE_PLAIN},
    {"pager", "phone number", VALUE_PLAIN},
    {"rfc822Mailbox", "email", VALUE_PLAIN},
    {"postalAddress", "address", VALUE_ADDRESS},
    {"homePostalAddress", "address", VALUE_ADDRESS},
    {"registeredAddress", "address", VALUE_ADDRESS},
    {"carLicense", "plate", VALUE_PLAIN},
    {"description", "", VALUE_TEXT},
    {"info", "", VALUE_TEXT},
    {"comment", "", VALUE_TEXT},
    {"member", "", VALUE_NAME},
    {"memberOf", "", VALUE_NAME},
    {"uniqueMember", "", VALUE_NAME},
    {"manager", "", VALUE_NAME},
    {"secretary", "", VALUE_NAME},
    {"owner", "", VALUE_NAME},
    {"seeAlso", "", VALUE_NAME},
    {"roleOccupant", "", VALUE_NAME},
    {"distinguishedName", "", VALUE_NAME},
    {"newrdn", "", VALUE_NAME},
    {"creatorsName", "", VALUE_NAME},
    {"modifiersName", "", VALUE_NAME},
    {"unicodePwd", "password", VALUE_UTF16},
    {"jpegPhoto", "", VALUE_BYTES},
    {"thumbnailPhoto", "", VALUE_BYTES},
    {"userCertificate", "", VALUE_BYTES},
};

const struct ldif_attribute ldif_any_attribute = {"", "", VALUE_PLAIN};

const struct ldif_attribute *ldif_attribute(struct bytes name) {
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(attributes[i].name))) {
            return &attributes[i];
        }
    }
    return &ldif_any_attribute;
}
