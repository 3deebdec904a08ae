/* Longhand: everything, in the order of the rooms. */
#ifndef LONGHAND_H
#define LONGHAND_H

#include <longhand/base.h>
#include <longhand/corpus.h>
#include <longhand/document.h>
#include <longhand/hand.h>
#include <longhand/ink.h>
#include <longhand/lab.h>
#include <longhand/nn.h>
#include <longhand/page.h>
#include <longhand/read.h>
#include <longhand/train.h>
#include <longhand/write.h>

#endif
