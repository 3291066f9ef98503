/* A device with process values, on libmodbus: registers PORT. Serves one client at a time.

   hr 0  1234   hr 1  -5 (int16)   hr 10-11 180.5 (float32, high word first)
   hr 12-13 the same, low word first   hr 20-21 4000000000 (uint32)   hr 22-23 -70000 (int32)
   hr 30-33 3.25 (float64)   hr 50 counts the requests   ir 3 77   coil 5 and di 6 are on
   Addresses from 100 on do not exist. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void words(uint16_t *at, const void *value, int count) {
    /* the host is little-endian: the last word of the value goes first */
    uint16_t raw[4];
    memcpy(raw, value, 2 * (size_t)count);
    for (int i = 0; i < count; i++) at[i] = raw[count - 1 - i];
}

int main(int count, char **argument) {
    if (count != 2) return 2;
    alarm(120);
    modbus_t *modbus = modbus_new_tcp("127.0.0.1", atoi(argument[1]));
    modbus_mapping_t *map = modbus_mapping_new(100, 100, 100, 100);
    if (modbus == NULL || map == NULL) return 3;
    uint16_t *hr = map->tab_registers;
    float oven = 180.5f;
    double fine = 3.25;
    uint32_t large = 4000000000u;
    int32_t below = -70000;
    hr[0] = 1234;
    hr[1] = (uint16_t)-5;
    words(hr + 10, &oven, 2);
    hr[12] = hr[11];
    hr[13] = hr[10];
    words(hr + 20, &large, 2);
    words(hr + 22, &below, 2);
    words(hr + 30, &fine, 4);
    map->tab_input_registers[3] = 77;
    map->tab_bits[5] = 1;
    map->tab_input_bits[6] = 1;
    int listening = modbus_tcp_listen(modbus, 1);
    if (listening < 0) {
        fprintf(stderr, "%s\n", modbus_strerror(errno));
        return 4;
    }
    puts("listening");
    fflush(stdout);
    for (;;) {
        uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
        modbus_tcp_accept(modbus, &listening);
        for (;;) {
            int length = modbus_receive(modbus, query);
            if (length < 0) break;
            hr[50]++;
            modbus_reply(modbus, query, length, map);
        }
        modbus_close(modbus);
    }
}
