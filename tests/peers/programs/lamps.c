/* A controller that only looks, on libmodbus: lamps PORT. Serves one client at a time.

   Whenever one of the station's outputs (coils 16-21) changes, a line on stdout names those that
   are on. Its own heartbeat (coil 3) beats with every request; it never raises a trigger. */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **argument) {
    static const char *names[] = {"READY", "BUSY", "VALID", "OK", "NG", "FAULT"};
    if (count != 2) return 2;
    alarm(300);
    modbus_t *modbus = modbus_new_tcp("127.0.0.1", atoi(argument[1]));
    modbus_mapping_t *map = modbus_mapping_new(64, 64, 64, 64);
    if (modbus == NULL || map == NULL) return 3;
    int listening = modbus_tcp_listen(modbus, 1);
    if (listening < 0) return 4;
    uint8_t shown[6] = {0}, *lamp = map->tab_bits + 16;
    puts("listening");
    fflush(stdout);
    for (;;) {
        uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
        modbus_tcp_accept(modbus, &listening);
        for (;;) {
            int length = modbus_receive(modbus, query);
            if (length < 0) break;
            map->tab_bits[3] ^= 1;
            modbus_reply(modbus, query, length, map);
            if (memcmp(shown, lamp, sizeof shown) == 0) continue;
            memcpy(shown, lamp, sizeof shown);
            for (int i = 0; i < 6; i++)
                if (lamp[i]) printf("%s ", names[i]);
            puts("");
            fflush(stdout);
        }
        modbus_close(modbus);
    }
}
