// What a rank sends: counted where the program enters MPI, whoever calls it, libraries included.
#pragma once

namespace vivicor
{
  struct Traffic
  {
    double messages = 0;    ///< point to point, sent by this rank
    double bytes = 0;       ///< in those
    double collectives = 0; ///< this rank took part in; barriers too

    Traffic operator-(const Traffic &before) const
    {
      return {messages - before.messages, bytes - before.bytes, collectives - before.collectives};
    }
  };

  /// Of this rank since the program began.
  Traffic mpi_traffic();
}
