/* Written by tools/golden.py, which says how; do not edit. golden.h says what they are. */
#include "architectures.h"
#include "golden.h"

const golden_network golden_networks[2] = {
    {SYNTHESIS(2, 3, 2, 2, 4),
     7,
     5,
     {17.713756295918962, 5.4261456143760123, 5.7683591626217785},
     {
         {"layer1.input", 1.3822077170083349},
         {"layer1.recurrent", 0.41077395187643556},
         {"layer1.peephole", -0.10492561897769459},
         {"layer1.bias", -1.1262581452136291},
         {"layer2.input", -0.30897826647701065},
         {"layer2.recurrent", 0.083317285572448163},
         {"layer2.peephole", 0.050348140770023919},
         {"layer2.bias", 0.37979676361273679},
         {"window.weight", -0.50315750979477725},
         {"window.bias", 0.77069016152783143},
         {"output.weight", 4.362155379937378},
         {"output.bias", -7.07858870050286},
     }},
    {PREDICTION(3, 4, 3),
     9,
     0,
     {19.214289648700856, 6.3193538221205321, 6.3024588889159432},
     {
         {"layer1.input", 0.10054826838962255},
         {"layer1.recurrent", -0.0050353039367082002},
         {"layer1.peephole", -0.0017403550132848165},
         {"layer1.bias", 0.099044407990069597},
         {"layer2.input", 0.23617821567673197},
         {"layer2.recurrent", -0.011971548984662234},
         {"layer2.peephole", 0.011442512342127717},
         {"layer2.bias", -0.13967475721918465},
         {"layer3.input", 0.010665717850098792},
         {"layer3.recurrent", 0.0095589480555607724},
         {"layer3.peephole", -0.002488162945585827},
         {"layer3.bias", -0.24827553397360386},
         {"output.weight", 0.38384423615222457},
         {"output.bias", -0.78580632622840407},
     }},
};
