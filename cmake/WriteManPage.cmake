# cmake -DPAGE=page.in -DINTERFACE=options.roff -DOUTPUT=page -DPROJECT_VERSION=… -P WriteManPage.cmake
# Fills @PROJECT_VERSION@ and @INTERFACE@ (the part made from the table of options) in.
cmake_minimum_required(VERSION 3.25)
file(READ ${INTERFACE} interface)
file(READ ${PAGE} page)
string(REPLACE "@PROJECT_VERSION@" "${PROJECT_VERSION}" page "${page}")
string(REPLACE "@INTERFACE@\n" "${interface}" page "${page}")
file(WRITE ${OUTPUT} "${page}")
